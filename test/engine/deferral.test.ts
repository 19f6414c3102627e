/** Stages that are put off, and attempts that are suspended: what happens when, and what it costs. */
import { expect, test } from 'vitest'
import { type Pass, type Policy, type RunResult, simulate } from '../../engine/index.ts'
import { logRows } from '../reference/compare-log.ts'
import type { WorkloadSpec } from '../reference/model-spec.ts'
import { type TinyWorld, tinyModel } from '../reference/tiny-model.ts'

const firstFit = { score: Number.NaN, choose: (pass: Pass, stage: number) => pass.firstFit(stage) }

/** Each stage once put off until a time, then placed and suspended so long after it. */
const policy = (untilS: number, forS = Infinity): Policy => ({
  order: { key: (pass, stage) => pass.submitTimeOf(stage) },
  decide(pass) {
    for (let stage = pass.head(); stage >= 0; stage = pass.head())
      if (pass.now < untilS) pass.deferUntil(stage, untilS)
      else if (!pass.place(stage, firstFit)) pass.skip()
      else if (forS < Infinity) pass.suspendAt(stage, pass.now + forS)
  },
})

function lines(world: TinyWorld, by: Policy): { log: string[]; result: RunResult } {
  const { log, ...result } = simulate(tinyModel(world), by, { replication: 0, record: { events: true } })
  return { log: logRows(log!).map(({ time, kind, ordinal }) => `${time} ${kind} ${ordinal}`), result }
}

const job = (more: Partial<WorkloadSpec> = {}): WorkloadSpec => ({
  name: 'w',
  trace: [{ submitS: 0, runS: 10 }],
  ...more,
})

test('a stage that is put off waits until then, and counts as waiting', () => {
  const { log, result } = lines({ workloads: [job()] }, policy(7))
  expect(log).toEqual(['0 submit 0', '0 defer 0', '7 wake 0', '7 place 0', '7 begin 0', '17 finish 0', '17 complete 0'])
  expect([result.waitingJobS, result.systemJobS, result.sojournS]).toEqual([7, 17, 17])
})

test('its job may be cancelled meanwhile: nothing is woken', () => {
  const { log, result } = lines({ workloads: [job({ deadlineS: 3, cancelLate: true })] }, policy(7))
  expect(log).toEqual(['0 submit 0', '0 defer 0', '3 cancel 0'])
  expect([result.endS, result.waitingJobS]).toEqual([3, 3])
})

test('a suspended attempt goes on where it was, less what writing it down takes; only that is wasted', () => {
  const checkpoint = { everyS: 100, costS: 1, store: 'remote' as const }
  const { log, result } = lines({ workloads: [job({ checkpoint })] }, policy(0, 4))
  // Three seconds are kept of the first four, and three of the next; four are left.
  expect(log.filter(line => / (begin|suspend|finish) /.test(line))).toEqual([
    ...['0 begin 0', '4 suspend 0', '4 begin 0', '8 suspend 0', '8 begin 0', '12 finish 0'],
  ])
  expect(result.wastedCoreS).toBeCloseTo(2, 12)
  expect(result.clusters.busyCoreS[0]).toBe(12)
})

test('one that has ended, or was lost, is not suspended any more', () => {
  const checkpoint = { everyS: 100, costS: 0, store: 'remote' as const }
  const failures = [{ atS: 4, forS: 3, victims: [{ cluster: 'c', node: 0 }] }]
  const world = { workloads: [job({ checkpoint })], failures, cluster: { detectionS: 1 } }
  const { log } = lines(world, policy(0, 8))
  expect(log.filter(line => / (lost|begin|suspend|finish) /.test(line))).toEqual([
    ...['0 begin 0', '4 lost 0', '7 begin 0', '15 suspend 0', '15 begin 0', '17 finish 0'],
  ])
  expect(
    lines({ workloads: [job({ checkpoint })] }, policy(0, 10)).log.filter(line => line.includes('suspend')),
  ).toEqual([])
})
