/** Links that are cut or slow, in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { FailureSpec, PairSpec, WorkloadSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

const latency: [string, string, number][] = [
  ['a', 'b', 1],
  ['b', 'a', 2],
]
/** Pairs 1 and 2. */
const there: PairSpec = ['a', 'b']
const back: PairSpec = ['b', 'a']
const cut = (pair: PairSpec, atS: number, forS: number): FailureSpec => ({ atS, forS, pairs: [pair] })

/** A job at `a`, which runs at `b` only; cuts are detected after so long at a, and at b. */
function world(failures: FailureSpec[], submitS: number, runS: number, detectionS: number[], more = {}) {
  const clusters = ['a', 'b'].map((name, arch) => ({
    name,
    detectionS: detectionS[arch],
    groups: [{ nodes: 1, cpuMilli: 1000, arch: 1 - arch }],
  }))
  const bandwidth: [string, string, number][] = [['a', 'b', 100]]
  const workload: WorkloadSpec = { name: 'w', request: { archMask: 0b01 }, trace: [{ submitS, runS }], ...more }
  return tinyModel({ clusters, latency, bandwidth, failures, workloads: [workload] })
}

describe('a cut link', () => {
  it('stalls transfers until it is mended', () => {
    // 100 bytes before it, 300 after it.
    expect(logLines(world([cut(there, 1, 3)], 0, 1, [10, 10], { inputBytes: 400 }))).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@1',
      '1 link-down@1',
      '4 link-up@1',
      '7 arrive 0/0#0@1',
      '8 begin 0/0#0@1',
      '9 finish 0/0#0@1',
      '9 complete 0/0',
    ])
  })

  it('stalls them also when that is known', () => {
    expect(logLines(world([cut(there, 1, 9)], 0, 1, [10, 2], { inputBytes: 400 })).slice(2, 7)).toEqual([
      '1 link-down@1',
      '3 link-detected@1',
      '10 link-up@1',
      '13 arrive 0/0#0@1',
      '14 begin 0/0#0@1',
    ])
  })

  it('holds a request; mended before that is noticed, it gets there', () => {
    expect(logLines(world([cut(there, 1, 3)], 2, 1, [10, 10]))).toEqual([
      '1 link-down@1',
      '2 submit 0/0',
      '2 place 0/0#0@1',
      '4 link-up@1',
      '4 arrive 0/0#0@1',
      '5 begin 0/0#0@1',
      '6 finish 0/0#0@1',
      '6 complete 0/0',
    ])
  })

  it('holds a request until it is noticed; from then on nothing is placed there', () => {
    expect(logLines(world([cut(there, 1, 9)], 2, 1, [10, 2]))).toEqual([
      '1 link-down@1',
      '2 submit 0/0',
      '2 place 0/0#0@1',
      '3 link-detected@1',
      '3 remove 0/0#0@1',
      '3 requeue 0/0',
      '10 link-up@1',
      '10 place 0/0#1@1',
      '11 begin 0/0#1@1',
      '12 finish 0/0#1@1',
      '12 complete 0/0',
    ])
  })

  it('holds an answer', () => {
    const model = world([cut(back, 2, 4)], 0, 2, [10, 10])
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@1',
      '1 begin 0/0#0@1',
      '2 link-down@2',
      '3 finish 0/0#0@1',
      '6 link-up@2',
      '6 answer 0/0',
      '6 complete 0/0',
    ])
    const { jobs } = run(model)
    expect([jobs!.runTime[0], jobs!.latency[0]]).toEqual([5, 8])
  })

  it('takes an answer with the job that is given up', () => {
    const model = world([cut(back, 2, 9)], 0, 2, [10, 10], { deadlineS: 5, cancelLate: true })
    expect(logLines(model).slice(4)).toEqual(['3 finish 0/0#0@1', '5 cancel 0/0'])
    expect(run(model).total).toMatchObject({ completed: 0, cancelled: 1 })
  })

  it('back to the origin keeps work away too, once it is known', () => {
    expect(logLines(world([cut(back, 0, 5)], 0, 1, [0, 10]))).toEqual([
      '0 link-down@2',
      '0 link-detected@2',
      '0 submit 0/0',
      '5 link-up@2',
      '5 place 0/0#0@1',
      '6 begin 0/0#0@1',
      '7 finish 0/0#0@1',
      '7 complete 0/0',
    ])
  })

  it('stays cut until the last of overlapping cuts has ended', () => {
    const failures = [cut(there, 1, 4), cut(there, 2, 8), cut(there, 3, 1)]
    expect(logLines(world(failures, 11, 1, [3, 3])).filter(line => line.includes('link-'))).toEqual([
      '1 link-down@1',
      '4 link-detected@1',
      '10 link-up@1',
    ])
  })
})

describe('inflated latency', () => {
  const inflate = (atS: number, forS: number, factor: number, addS: number): FailureSpec => ({
    atS,
    forS,
    pairs: [there],
    inflate: { factor, addS },
  })
  const beginOf = (submitS: number, failures: FailureSpec[], more = {}) =>
    logLines(world(failures, submitS, 1, [0, 0], more)).find(line => line.includes('begin'))

  it('holds for what is sent while it lasts', () => {
    const failures = [inflate(2, 8, 3, 1)]
    expect([1.5, 2, 9, 10].map(submitS => beginOf(submitS, failures))).toEqual([
      '2.5 begin 0/0#0@1',
      '6 begin 0/0#0@1',
      '13 begin 0/0#0@1',
      '11 begin 0/0#0@1',
    ])
  })

  it('holds for the last byte of a transfer', () => {
    expect(beginOf(0, [inflate(1, 2, 5, 0)], { inputBytes: 200 })).toBe('7 begin 0/0#0@1')
    expect(beginOf(0, [inflate(1, 1, 5, 0)], { inputBytes: 200 })).toBe('7 begin 0/0#0@1')
    expect(beginOf(0, [inflate(1, 1, 5, 0)], { inputBytes: 250 })).toBe('3.5 begin 0/0#0@1')
  })

  it('of several: one after another, in their order', () => {
    expect(beginOf(2, [inflate(0, 9, 2, 1), inflate(1, 9, 3, 0)])).toBe('11 begin 0/0#0@1')
  })
})
