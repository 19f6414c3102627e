/** Preemption by priority, in tiny worlds by hand. */
import { describe, expect, it } from 'vitest'
import { findPolicy, type RunResult, simulate } from '../../engine/index.ts'
import { run, type TinyWorld, tinyModel } from '../reference/tiny-model.ts'

const ends = (result: RunResult): number[] => {
  const { submitTime, waitTime, runTime } = result.jobs!
  return Array.from(submitTime, (submit, i) => submit + waitTime[i] + runTime[i])
}
const low = (runS: number, more = {}) => ({ name: 'a-low', trace: [{ submitS: 0, runS }], ...more })
const high = (submitS: number, runS: number, more = {}) => ({
  name: 'b-high',
  priority: 10,
  trace: [{ submitS, runS }],
  ...more,
})
const world = (...workloads: NonNullable<TinyWorld['workloads']>) => tinyModel({ workloads })

/** Jobs that ended later than others stand behind them: by workload. */
function byWorkload(result: RunResult): number[] {
  const { workload } = result.jobs!
  return ends(result)
    .map((end, i) => [workload[i], end] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, end]) => end)
}

describe('preemptive', () => {
  it('displaces what is of lower priority, which begins again', () => {
    const result = run(world(low(10), high(4, 3)), 'preemptive')
    expect(byWorkload(result)).toEqual([17, 7])
    // Four seconds were for nothing.
    expect(result.wastedCoreS).toBe(4)
    expect(byWorkload(run(world(low(10), high(4, 3)), 'fcfs'))).toEqual([10, 13])
  })

  it('uses up no retry', () => {
    expect(run(world(low(10, { retries: 0 }), high(4, 3)), 'preemptive').total).toMatchObject({ completed: 2 })
  })

  it('keeps what has been saved', () => {
    const saving = low(10, { checkpoint: { everyS: 1, costS: 0, store: 'remote' } })
    const result = run(world(saving, high(4.5, 3)), 'preemptive')
    expect(byWorkload(result)).toEqual([13.5, 7.5])
    expect(result.wastedCoreS).toBeCloseTo(0.5, 12)
  })

  it('leaves a grace period, in which the victim may still end', () => {
    expect(byWorkload(run(world(low(10), high(4, 3)), 'preemptive', { graceS: 2 }))).toEqual([19, 9])
    expect(byWorkload(run(world(low(10), high(4, 3)), 'preemptive', { graceS: 8 }))).toEqual([10, 13])
  })

  it('displaces nobody of its own priority, and gangs displace nobody', () => {
    expect(byWorkload(run(world(low(10), high(4, 3, { priority: 0 })), 'preemptive'))).toEqual([10, 13])
    const gang = high(4, 3, { request: { tasks: 2, cpuMilli: 500 } })
    expect(byWorkload(run(world(low(10), gang), 'preemptive'))).toEqual([10, 13])
  })

  it('takes the node whose victim is least important, and spares whom it can', () => {
    const model = tinyModel({
      nodes: 2,
      node: { cpuMilli: 3000 },
      workloads: [
        { name: 'a', priority: 5, trace: [{ submitS: 0, runS: 20, request: { cpuMilli: 3000 } }] },
        {
          name: 'b',
          priority: 1,
          trace: [0, 1].map(submitS => ({ submitS, runS: 20, request: { cpuMilli: 1000 + 1000 * submitS } })),
        },
        { name: 'c', priority: 9, trace: [{ submitS: 4, runS: 3, request: { cpuMilli: 2000 } }] },
      ],
    })
    const chosen = findPolicy('preemptive')!.create({})
    const result = simulate(model, chosen, { replication: 0, record: { jobs: true, decisions: true } })
    // The second of b, two cores, is the only one that goes: until c has ended.
    expect(byWorkload(result)).toEqual([20, 20, 27, 7])
  })
})
