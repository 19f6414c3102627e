/** Checkpoints and slower ways to run, in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { FailureSpec, StageSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

const ends = (lines: string[]) => lines.filter(line => / (lost|finish|fault) /.test(line))
const down = (cluster: string, atS: number, forS: number): FailureSpec => ({
  atS,
  forS,
  victims: [{ cluster, node: 0 }],
})
const checkpoint = (everyS: number, costS: number, store: 'node' | 'cluster' | 'remote' = 'remote') => ({
  checkpoint: { everyS, costS, store },
})

describe('checkpoints', () => {
  const world = (runS: number, stage: StageSpec, atS = Infinity) =>
    tinyModel({ failures: [down('c', atS, 10)], workloads: [{ name: 'w', trace: [{ submitS: 0, runS }], ...stage }] })

  it.each([
    [10, 10 + 3],
    [11, 11 + 3],
    [3, 3],
    [0, 0],
  ])('of %i s of work every 3 s take 1 s each, none at the end', (runS, endS) => {
    expect(run(world(runS, checkpoint(3, 1))).endS).toBe(endS)
  })

  it('hold what a lost attempt had done; its last one is that which was complete', () => {
    // 3 s of work, 1 s for the checkpoint, 3, 1: at 8 two are complete; at 7.5 only one.
    expect(ends(logLines(world(10, checkpoint(3, 1), 8)))).toEqual(['8 lost 0/0#0@0', `${18 + 4 + 1} finish 0/0#1@0`])
    expect(ends(logLines(world(10, checkpoint(3, 1), 7.5)))).toEqual([
      '7.5 lost 0/0#0@0',
      `${17.5 + 7 + 2} finish 0/0#1@0`,
    ])
    expect(run(world(10, checkpoint(3, 1), 8)).wastedCoreS).toBe(8 - 6)
  })

  it('count in work: twice as fast, twice as many', () => {
    const workloads = [{ name: 'w', trace: [{ submitS: 0, runS: 10 }], ...checkpoint(3, 1) }]
    const model = tinyModel({ node: { speed: 2 }, failures: [down('c', 5, 10)], workloads })
    // 10 s of work and 3 checkpoints take 6.5 s; at 5 s the place is 10: two are complete.
    expect(ends(logLines(model))).toEqual(['5 lost 0/0#0@0', `${15 + 5 / 2} finish 0/0#1@0`])
    expect(run(model).wastedCoreS).toBe(5 - 6 / 2)
  })

  it('are read where the store can be reached', () => {
    const clusters = ['a', 'b'].map(name => ({
      name,
      groups: [{ nodes: name === 'a' ? 2 : 1, cpuMilli: 1000 }],
    }))
    const endOf = (store: 'node' | 'cluster' | 'remote', failure: FailureSpec) => {
      const workloads = [{ name: 'w', trace: [{ submitS: 0, runS: 10 }], ...checkpoint(3, 0, store) }]
      return run(tinyModel({ clusters, failures: [failure], workloads })).endS
    }
    const stores = ['node', 'cluster', 'remote'] as const
    const node = down('a', 7, 50)
    const cluster: FailureSpec = { ...node, victims: [{ cluster: 'a', node: '*' }] }
    // Lost at 7 with 6 s saved; it goes on at once on another node of the cluster, or in another cluster.
    expect(stores.map(store => endOf(store, node))).toEqual([17, 11, 11])
    expect(stores.map(store => endOf(store, cluster))).toEqual([17, 17, 11])
  })

  it('help after a fault too', () => {
    const model = world(10, { ...checkpoint(1, 0), failureProbability: 1 })
    const faults = tinyModel({
      workloads: [
        { name: 'w', retries: 50, failureProbability: 0.7, trace: [{ submitS: 0, runS: 10 }], ...checkpoint(1, 0) },
      ],
    })
    expect(run(model).total.failed).toBe(1)
    const { endS, wastedCoreS, jobs } = run(faults)
    expect(jobs!.attempts[0]).toBeGreaterThan(1)
    // All that is burnt is work that counts or is wasted.
    expect(wastedCoreS).toBeCloseTo(endS - 10, 9)
  })
})

describe('wasm and emulation', () => {
  const clusters = [
    { name: 'arm', groups: [{ nodes: 1, cpuMilli: 1000, arch: 1, wasm: 1.5, emulated: 8, startupS: 0.5 }] },
    { name: 'x86', groups: [{ nodes: 1, cpuMilli: 1000, speed: 2 }] },
  ]
  const world = (archMask: number, wasm: boolean, deadlineS = Infinity, count = 2) =>
    tinyModel({
      clusters,
      workloads: [
        {
          name: 'w',
          deadlineS,
          request: { archMask, wasm },
          trace: Array.from({ length: count }, () => ({ submitS: 0, runS: 4 })),
        },
      ],
    })

  it('take their factor longer', () => {
    expect(ends(logLines(world(0b01, true)))).toEqual(['2 finish 0/1#0@1', '6.5 finish 0/0#0@0'])
    expect(ends(logLines(world(0b01, false)))).toEqual(['2 finish 0/1#0@1', '32.5 finish 0/0#0@0'])
    expect(ends(logLines(world(0b10, false, Infinity, 1)))).toEqual(['4.5 finish 0/0#0@0'])
  })

  it('weigh in greedy-latency with their factor', () => {
    expect(ends(logLines(world(0b01, true), 'greedy-latency'))).toEqual(['2 finish 0/0#0@1', '6.5 finish 0/1#0@0'])
  })

  it('are closed to what would miss its deadline by them, where it can run natively', () => {
    expect(ends(logLines(world(0b01, true, 6.1)))).toEqual(['2 finish 0/1#0@1', '6.5 finish 0/0#0@0'])
    expect(ends(logLines(world(0b01, true, 6)))).toEqual(['2 finish 0/0#0@1', '4 finish 0/1#0@1'])
    expect(ends(logLines(world(0, true, 1, 1)))).toEqual(['6.5 finish 0/0#0@0'])
  })

  it('close one after the other, the slowest first', () => {
    const groups = [
      { nodes: 1, cpuMilli: 1000, arch: 1, emulated: 8 },
      { nodes: 1, cpuMilli: 1000, arch: 1, emulated: 8, speed: 4 },
      { nodes: 1, cpuMilli: 1000, speed: 1 },
    ]
    const trace = Array.from({ length: 3 }, () => ({ submitS: 0, runS: 5 }))
    const workloads = [{ name: 'w', deadlineS: 14, request: { archMask: 0b01 }, trace }]
    // 40 s on the first group, 10 s on the second, 5 s natively.
    expect(ends(logLines(tinyModel({ cluster: { groups }, workloads })))).toEqual([
      '5 finish 0/1#0@2',
      '10 finish 0/0#0@1',
      '10 finish 0/2#0@2',
    ])
  })
})
