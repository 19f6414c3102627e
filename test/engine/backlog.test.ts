/** Jobs of one stage that wait behind the first of their class keep no slot: nothing but memory may show it. */
import { describe, expect, it } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { firstDifference } from '../reference/compare.ts'
import type { ModelSpec, WorkloadSpec } from '../reference/model-spec.ts'
import { referenceRun } from '../reference/reference.ts'
import { tinyModel } from '../reference/tiny-model.ts'

const trace = (atOnce: number) =>
  Array.from({ length: 300 }, (_, i) => ({
    submitS: Math.floor(i / atOnce),
    runS: 1 + ((i * 7919) % 11),
    estimateS: 1 + ((i * 104_729) % 7),
  }))

/** For four cores that manage a third of what comes: of several classes and origins, many at one instant, some cancelled. */
const crowd: WorkloadSpec[] = [
  { name: 'u', trace: trace(1), deadlineS: 400 },
  { name: 'v', trace: trace(10), origin: { a: 1, b: 2 }, retries: 2, failureProbability: 0.1 },
  { name: 'w', trace: trace(3), request: { cpuMilli: 500 }, deadlineS: 200, cancelLate: true },
  { name: 'x', poisson: { ratePerS: 2, maxJobs: 200 }, work: { kind: 'exponential', a: 3 } },
]

function difference(more: Partial<ModelSpec>, policy = 'fcfs'): string | null {
  const clusters = ['a', 'b'].map(name => ({ name, groups: [{ nodes: 2, cpuMilli: 1000 }] }))
  const model = tinyModel({ clusters, workloads: crowd, ...more })
  const record = { events: true, jobs: true, decisions: true }
  const engine = simulate(model, findPolicy(policy)!.create({}), { replication: 0, record })
  expect(Math.max(...engine.series.waiting)).toBeGreaterThan(100)
  return firstDifference(engine, referenceRun(model, { name: policy, options: {} }, 0))
}

describe('a long queue is as the second implementation has it', () => {
  for (const policy of ['fcfs', 'sjf', 'round-robin', 'greedy-latency'])
    it(`by ${policy}`, () => expect(difference({}, policy)).toBeNull())

  it('when the run ends before their turn has come', () => expect(difference({ horizonS: 150 })).toBeNull())

  it('with failures, and with origins that are cut off', () => {
    const failures = [
      { atS: 50, forS: 30, victims: [{ cluster: 'a', node: 0 }] },
      { atS: 100, forS: 60, pairs: [['a', 'b'] as [string, string]] },
    ]
    expect(difference({ failures })).toBeNull()
  })

  it('with priorities', () =>
    expect(difference({ workloads: crowd.map((each, priority) => ({ ...each, priority })) })).toBeNull())
})
