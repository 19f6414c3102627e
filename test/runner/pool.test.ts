import { getEventListeners } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { describeErrors } from '../../runner/describe-errors.ts'
import { type Prediction, predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { TrialCache } from '../../runner/sweep/cache.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-pool-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const first = fileURLToPath(new URL('../../scenarios/first.yaml', import.meta.url))

async function run(replications: string, signal: AbortSignal, cache: TrialCache | null): Promise<Prediction> {
  const sweep = await loadPoints(first, { sets: [`spec.replications=${replications}`] })
  return predict(sweep, { threads: 1, signal, cache })
}

/** No interval is ever so narrow. */
const toTheEnd = '{until: {metric: utilisation, halfWidth: 0.001%}, count: 2, batch: 2, max: 6}'

describe('replications until an interval is narrow enough', () => {
  test('go on to the most there may be, and no batch leaves a listener behind', async () => {
    const { signal } = new AbortController()
    const { trials, results } = await run(toTheEnd, signal, null)
    expect([trials, results.scenario.replications]).toEqual([12, 6])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('stop where it is, whatever the cache has beyond', async () => {
    const { signal } = new AbortController()
    const cache = new TrialCache(join(folder, 'narrow'))
    const wide = '{until: {metric: utilisation, halfWidth: 90%}, count: 2, batch: 2, max: 6}'
    const alone = await run(wide, signal, null)
    await run('6', signal, cache)
    const reused = await run(wide, signal, cache)
    expect([reused.trials, reused.reused]).toEqual([4, 4])
    expect(reused.results.resultsHash).toBe(alone.results.resultsHash)
  })

  test('take what the cache has of each batch, and run the rest', async () => {
    const { signal } = new AbortController()
    const cache = new TrialCache(join(folder, 'wide'))
    const alone = await run(toTheEnd, signal, null)
    await run('5', signal, cache)
    const reused = await run(toTheEnd, signal, cache)
    expect([reused.trials, reused.reused]).toEqual([12, 10])
    expect(reused.results.resultsHash).toBe(alone.results.resultsHash)
  })
})

test('of many errors the first are listed, and the rest counted', () => {
  const errors = Array.from({ length: 250 }, (_, replication) => ({
    point: 0,
    policy: 1,
    replication,
    code: 'EngineError',
    message: 'out of luck',
  }))
  const scenario = { policies: ['fcfs', 'sjf'].map(label => ({ label, name: label, options: {} })) }
  const warning = { point: null, message: 'of something else' }
  const described = describeErrors(scenario, errors, [warning])
  expect(described.errors).toHaveLength(100)
  expect(described.errors[99]).toMatchObject({ policy: 'sjf', replication: 99 })
  expect(described.warnings.map(({ message }) => message)).toEqual([
    '150 more trials errored than the 100 that are listed.',
    'of something else',
  ])
  expect(describeErrors(scenario, errors.slice(0, 100), [warning]).warnings).toEqual([warning])
})
