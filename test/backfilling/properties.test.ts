/** What backfilling must and must not do, whatever comes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPolicy, type Model, type Policy, simulate } from '../../engine/index.ts'
import type { Run } from '../../engine/run.ts'
import { logRows } from '../reference/compare-log.ts'
import type { TraceJobSpec } from '../reference/model-spec.ts'
import { tinyModel } from '../reference/tiny-model.ts'

/** What tests see of a view: who has been promised what. */
interface Inside {
  run: Run
  ahead: { stage: number; startS: number; plan: { reserved: Map<number, { startS: number }> } } | null
}

const job: fc.Arbitrary<TraceJobSpec> = fc.record({
  submitS: fc.integer({ min: 0, max: 40 }),
  runS: fc.integer({ min: 1, max: 20 }),
  request: fc.record({
    tasks: fc.integer({ min: 1, max: 4 }),
    cpuMilli: fc.constantFrom(500, 1000, 2000, 3000),
    memoryBytes: fc.constantFrom(1, 2, 3),
  }),
})
const jobs = fc.array(job, { minLength: 1, maxLength: 40 })

/** Two clusters of unlike nodes; estimates are exact. Every job fits on the first. */
const modelOf = (trace: TraceJobSpec[]): Model =>
  tinyModel({
    clusters: [
      { name: 'a', groups: [{ nodes: 4, cpuMilli: 4000, memoryBytes: 4 }] },
      { name: 'b', groups: [{ nodes: 2, cpuMilli: 3000, memoryBytes: 3, speed: 2, startupS: 1 }] },
    ],
    workloads: [{ name: 'w', trace }],
  })

const run = (model: Model, policy: Policy) =>
  simulate(model, policy, { replication: 0, record: { events: true, jobs: true } })

/** Watches a policy: the first time at which each job was promised to start, by ordinal. */
function watched(policy: Policy, promisesOf: (inside: Inside) => Iterable<[number, number]>) {
  const promised = new Map<number, number>()
  const decide = (pass: Parameters<Policy['decide']>[0]): void => {
    policy.decide(pass)
    const inside = pass as unknown as Inside
    const { arena } = inside.run
    for (const [stage, startS] of promisesOf(inside))
      if (stage >= 0 && !promised.has(arena.ordinal(stage))) promised.set(arena.ordinal(stage), startS)
  }
  return { promised, policy: { order: policy.order, decide } }
}

/** When each job was placed. */
const placedAt = (result: ReturnType<typeof run>): Map<number, number> =>
  new Map(
    logRows(result.log!)
      .filter(({ kind }) => kind === 'place')
      .map(({ ordinal, time }) => [ordinal, time]),
  )

function expectKept(trace: TraceJobSpec[], policy: Policy, promisesOf: Parameters<typeof watched>[1]): number {
  const watch = watched(policy, promisesOf)
  const placed = placedAt(run(modelOf(trace), watch.policy))
  for (const [ordinal, startS] of watch.promised) expect(placed.get(ordinal)).toBeLessThanOrEqual(startS)
  return watch.promised.size
}

describe('with exact estimates', () => {
  it.each(['count', 'time', 'hosts'])('EASY never delays the first reservation of a head: %s', reservation => {
    let promises = 0
    fc.assert(
      fc.property(jobs, trace => {
        const policy = findPolicy('easy')!.create({ reservation })
        promises += expectKept(trace, policy, ({ ahead }) => (ahead === null ? [] : [[ahead.stage, ahead.startS]]))
      }),
      { numRuns: 200 },
    )
    expect(promises).toBeGreaterThan(200)
  })

  it.each(['anew', 'forward'])('conservative delays nobody: %s', replan => {
    let promises = 0
    fc.assert(
      fc.property(jobs, trace => {
        const policy = findPolicy('conservative')!.create({ replan })
        promises += expectKept(trace, policy, ({ ahead }) =>
          [...(ahead?.plan.reserved ?? [])].map(([stage, { startS }]): [number, number] => [stage, startS]),
        )
      }),
      { numRuns: 200 },
    )
    expect(promises).toBeGreaterThan(200)
  })
})

const backfilling: [name: string, options: object][] = [
  ['easy', {}],
  ['easy', { reservation: 'time' }],
  ['easy', { reservation: 'hosts' }],
  ['conservative', {}],
  ['conservative', { replan: 'forward' }],
  ['sjf', { backfill: 'easy' }],
  ['greedy-latency', { backfill: 'easy' }],
  ['f1', { backfill: 'conservative', choice: 'best-fit' }],
]

describe.each(backfilling)('%s %o', (name, options) => {
  /** Estimates that may be too short or too long. */
  const guessed = fc.tuple(jobs, fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 40 }))

  it('nothing is lost, and work is conserved', () => {
    fc.assert(
      fc.property(guessed, ([trace, estimates]) => {
        const model = modelOf(trace.map((each, i) => ({ ...each, estimateS: estimates[i] })))
        const { total, clusters } = run(model, findPolicy(name)!.create({ ...options }))
        expect(total.completed).toBe(trace.length)
        const coreS = trace.map(({ runS, request }) => (runS * request!.tasks! * request!.cpuMilli!) / 1000)
        // On the faster cluster the same work takes half as long.
        const done = clusters.busyCoreS[0] + 2 * clusters.busyCoreS[1]
        expect(done).toBeCloseTo(
          coreS.reduce((sum, each) => sum + each, 0),
          6,
        )
      }),
      { numRuns: 100 },
    )
  })
})

it.each(['easy', 'conservative'])('%s is first come, first served where all jobs are alike', name => {
  const alike = fc.record({
    submits: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 }),
    runS: fc.integer({ min: 1, max: 15 }),
    tasks: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(alike, ({ submits, runS, tasks }) => {
      const trace = submits.map(submitS => ({ submitS, runS, request: { tasks } }))
      const model = tinyModel({ nodes: 5, workloads: [{ name: 'w', trace }] })
      const [plain, wrapped] = ['fcfs', name].map(each => run(model, findPolicy(each)!.create({})))
      expect(logRows(wrapped.log!)).toEqual(logRows(plain.log!))
    }),
  )
})
