import { expect, it } from 'vitest'
import type { Cluster } from '../../runner/clusters/client.ts'
import { CpuSampler } from '../../runner/telemetry/cpu-sampler.ts'

/** A cluster whose node answers each time as told; null: it does not. */
const cluster = (answers: (string | null)[]): Cluster =>
  ({
    handle: { name: 'a' },
    call: async () => {
      const answer = answers.shift() ?? null
      if (answer === null) throw new Error('no answer')
      return answer
    },
  }) as unknown as Cluster

const counter = (usedS: number, id = '/kubepods') =>
  `container_cpu_usage_seconds_total{container="",cpu="total",id="${id}"} ${usedS} ${Date.now() + 60_000}`

it('measures from where the counters stood; before its first pod a node has none, and used nothing', async () => {
  const sampler = new CpuSampler([
    { cluster: cluster([counter(5), counter(12)]), nodes: ['old'] },
    { cluster: cluster([counter(999, '/'), counter(3)]), nodes: ['fresh'] },
    { cluster: cluster([null, counter(3)]), nodes: ['silent'] },
  ])
  await sampler.begin()
  expect(await sampler.end()).toEqual(
    new Map([
      ['old', 7],
      ['fresh', 3],
    ]),
  )
})
