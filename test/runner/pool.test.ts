import { getEventListeners } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'

test('no batch of replications leaves a listener behind', async () => {
  const sweep = await loadPoints(fileURLToPath(new URL('../../scenarios/first.yaml', import.meta.url)), {
    sets: ['spec.replications={until: {metric: utilisation, halfWidth: 0.001%}, count: 2, batch: 2, max: 6}'],
  })
  const { signal } = new AbortController()
  const { trials } = await predict(sweep, { threads: 1, signal, cache: null })
  expect(trials).toBe(12)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
