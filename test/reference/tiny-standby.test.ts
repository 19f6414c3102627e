/** Attempts that stand by, in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { FailureSpec, ModelSpec, WorkloadSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

const options = { mode: 'standby', only: 'all' }
const down = (cluster: string, atS: number, forS = Infinity): FailureSpec => ({
  atS,
  forS,
  victims: [{ cluster, node: 0 }],
})

/** One job of 10 s on a (node 0), which stands by on b (node 1). */
function world(startupS: number, more: Partial<WorkloadSpec>, rest: Partial<ModelSpec> = {}, detectionS = [2, 2]) {
  const clusters = ['a', 'b'].map((name, i) => ({
    name,
    detectionS: detectionS[i],
    groups: [{ nodes: 1, cpuMilli: 1000, startupS: i * startupS, speed: 1 }],
  }))
  return tinyModel({ clusters, ...rest, workloads: [{ name: 'w', trace: [{ submitS: 0, runS: 10 }], ...more }] })
}
const lines = (model: ReturnType<typeof world>) => logLines(model, 'resilient', options)

describe('a standby', () => {
  it('uses nothing, and goes when the other has ended', () => {
    const model = world(1, {})
    expect(lines(model)).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '0 place 0/0#1@1',
      '10 finish 0/0#0@0',
      '10 remove 0/0#1@1',
      '10 complete 0/0',
    ])
    const { clusters, wastedCoreS, shadowPlacements } = run(model, 'resilient', options)
    expect([clusters.busyCoreS[1], wastedCoreS, shadowPlacements]).toEqual([0, 0, 1])
  })

  it('takes over when the failure is detected, from the last checkpoint', () => {
    const model = world(1, { checkpoint: { everyS: 3, costS: 0, store: 'remote' } }, { failures: [down('a', 7)] })
    expect(lines(model).slice(4)).toEqual([
      '7 node-down@0',
      '7 lost 0/0#0@0',
      '9 node-detected@0',
      '9 remove 0/0#0@0',
      '9 activate 0/0#1@1',
      '9 begin 0/0#1@1',
      '13 finish 0/0#1@1',
      '13 complete 0/0',
    ])
    const { clusters, wastedCoreS } = run(model, 'resilient', options)
    expect([clusters.busyCoreS[1], wastedCoreS]).toEqual([4, 1])
  })

  it('takes over at a repair before that', () => {
    expect(lines(world(0, {}, { failures: [down('a', 7, 1)] })).slice(4)).toEqual([
      '7 node-down@0',
      '7 lost 0/0#0@0',
      '8 remove 0/0#0@0',
      '8 activate 0/0#1@1',
      '8 begin 0/0#1@1',
      '8 node-up@0',
      '18 finish 0/0#1@1',
      '18 complete 0/0',
    ])
  })

  it('begins when it is ready', () => {
    expect(lines(world(5, {}, { failures: [down('a', 1)] })).slice(6)).toEqual([
      '3 node-detected@0',
      '3 remove 0/0#0@0',
      '3 activate 0/0#1@1',
      '5 begin 0/0#1@1',
      '15 finish 0/0#1@1',
      '15 complete 0/0',
    ])
  })

  it('waits for its data, active or not', () => {
    const way = { latency: [['a', 'b', 1]], bandwidth: [['a', 'b', 100]], failures: [down('a', 1)] } as const
    const model = (inputBytes: number) => world(0.5, { inputBytes }, way as unknown as Partial<ModelSpec>)
    expect(lines(model(200)).slice(6, 11)).toEqual([
      '2 arrive 0/0#1@1',
      '3 node-detected@0',
      '3 remove 0/0#0@0',
      '3 activate 0/0#1@1',
      '3.5 begin 0/0#1@1',
    ])
    expect(lines(model(400)).slice(6, 11)).toEqual([
      '3 node-detected@0',
      '3 remove 0/0#0@0',
      '3 activate 0/0#1@1',
      '4 arrive 0/0#1@1',
      '5.5 begin 0/0#1@1',
    ])
  })

  it('takes over after a fault too, if a retry is left', () => {
    const faulty = (retries: number) =>
      lines(world(0, { failureProbability: 1, retries })).map(line => line.slice(line.indexOf(' ') + 1))
    const begun = ['submit 0/0', 'place 0/0#0@0', 'begin 0/0#0@0', 'place 0/0#1@1', 'fault 0/0#0@0']
    expect(faulty(0)).toEqual([...begun, 'remove 0/0#1@1', 'fail 0/0'])
    expect(faulty(1)).toEqual([...begun, 'activate 0/0#1@1', 'begin 0/0#1@1', 'fault 0/0#1@1', 'fail 0/0'])
  })

  it('that is lost takes over all the same, as nobody knows', () => {
    const failures = [down('b', 3), down('a', 5, 5)]
    expect(lines(world(0, {}, { failures }, [2, 20])).slice(4)).toEqual([
      '3 node-down@1',
      '3 lost 0/0#1@1',
      '5 node-down@0',
      '5 lost 0/0#0@0',
      '7 node-detected@0',
      '7 remove 0/0#0@0',
      '7 activate 0/0#1@1',
      '10 node-up@0',
      '23 node-detected@1',
      '23 remove 0/0#1@1',
      '23 requeue 0/0',
      '23 place 0/0#2@0',
      '23 begin 0/0#2@0',
      '33 finish 0/0#2@0',
      '33 complete 0/0',
    ])
  })

  it('takes over when the request of the other never left', () => {
    const clusters = ['a', 'b', 'o'].map((name, i) => ({
      name,
      detectionS: 2,
      groups: [{ nodes: 1, cpuMilli: 1000, arch: name === 'o' ? 1 : 0, startupS: i }],
    }))
    const workload = { name: 'w', origin: { o: 1 }, request: { archMask: 0b01 }, trace: [{ submitS: 1, runS: 10 }] }
    const model = tinyModel({ clusters, failures: [{ atS: 0, pairs: [['o', 'a']] }], workloads: [workload] })
    expect(lines(model)).toEqual([
      '0 link-down@6',
      '1 submit 0/0',
      '1 place 0/0#0@0',
      '1 place 0/0#1@1',
      '2 link-detected@6',
      '2 remove 0/0#0@0',
      '2 activate 0/0#1@1',
      '2 begin 0/0#1@1',
      '12 finish 0/0#1@1',
      '12 complete 0/0',
    ])
  })
})
