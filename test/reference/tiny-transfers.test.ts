/** Data on its way over links, in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { StageSpec, WorkloadSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

/** Users are at `a`, where only what is built for its architecture runs; the rest runs at `b`. */
const clusters = [
  { name: 'a', groups: [{ nodes: 1, cpuMilli: 1000, arch: 1 }] },
  { name: 'b', groups: [{ nodes: 2, cpuMilli: 1000 }] },
]
const latency: [string, string, number][] = [
  ['a', 'b', 1],
  ['b', 'a', 2],
]
const bandwidth: [string, string, number][] = [
  ['a', 'b', 100],
  ['b', 'a', 50],
]
const atB = { request: { archMask: 0b01 } }
const atA = { request: { archMask: 0b10 } }
const world = (...workloads: WorkloadSpec[]) => tinyModel({ clusters, latency, bandwidth, workloads })
const jobs = (name: string, more: Partial<WorkloadSpec>, ...submitS: number[]): WorkloadSpec => ({
  name,
  ...atB,
  ...more,
  trace: submitS.map(each => ({ submitS: each, runS: 1 })),
})
const arrivals = (lines: string[]) => lines.filter(line => / (arrive|begin) /.test(line))

describe('transfers', () => {
  it('come before the begin, and after the end', () => {
    const model = world({ ...jobs('w', { inputBytes: 400, outputBytes: 100 }), trace: [{ submitS: 0, runS: 3 }] })
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@1',
      '4 arrive 0/0#0@1',
      '5 begin 0/0#0@1',
      '8 finish 0/0#0@1',
      '10 answer 0/0',
      '10 complete 0/0',
    ])
    const { jobs: records } = run(model)
    expect([records!.waitTime[0], records!.runTime[0], records!.latency[0]]).toEqual([5, 5, 12])
  })

  it('share a link', () => {
    // 200 bytes alone, 200 at half speed up to 6; the other has 200 left then.
    expect(logLines(world(jobs('w', { inputBytes: 400 }, 0, 2)))).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@1',
      '2 submit 0/1',
      '2 place 0/1#0@2',
      '6 arrive 0/0#0@1',
      '7 begin 0/0#0@1',
      '8 finish 0/0#0@1',
      '8 complete 0/0',
      '8 arrive 0/1#0@2',
      '9 begin 0/1#0@2',
      '10 finish 0/1#0@2',
      '10 complete 0/1',
    ])
  })

  it('that are alike end together, in order', () => {
    expect(arrivals(logLines(world(jobs('w', { inputBytes: 200 }, 0, 0))))).toEqual([
      '4 arrive 0/0#0@1',
      '4 arrive 0/1#0@2',
      '5 begin 0/0#0@1',
      '5 begin 0/1#0@2',
    ])
  })

  it('leave the link with their attempt', () => {
    const late = jobs('a', { inputBytes: 400, deadlineS: 2, cancelLate: true }, 0)
    // 100 bytes each at 2.
    expect(arrivals(logLines(world(late, jobs('b', { inputBytes: 400 }, 0))))).toEqual([
      '5 arrive 1/0#0@2',
      '6 begin 1/0#0@2',
    ])
  })
})

describe('data of workflows', () => {
  const flow = (...stages: StageSpec[]) =>
    world({ name: 'w', stages, renewal: { interval: { kind: 'constant', a: 0 }, maxJobs: 1 } })
  const work = (a: number) => ({ work: { kind: 'constant', a } })

  it('comes from where the predecessor ran', () => {
    const model = flow({ ...atA, ...work(2), outputBytes: 300 }, { ...atB, ...work(1), after: [0] })
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 place 0/0.0#0@0',
      '0 begin 0/0.0#0@0',
      '2 finish 0/0.0#0@0',
      '2 place 0/0.1#0@1',
      '5 arrive 0/0.1#0@1',
      '6 begin 0/0.1#0@1',
      '7 finish 0/0.1#0@1',
      '7 complete 0/0',
    ])
    expect(run(model).jobs!.latency[0]).toBe(9)
  })

  it('is there at once where the predecessor ran in the same cluster', () => {
    const model = flow({ ...atB, ...work(2), outputBytes: 300 }, { ...atB, ...work(1), after: [0] })
    expect(arrivals(logLines(model))).toEqual(['1 begin 0/0.0#0@1', '4 begin 0/0.1#0@1'])
  })

  it('comes in equal parts from all predecessors', () => {
    const last = { ...atB, ...work(1), inputBytes: 400, after: [0, 1] }
    // Both have ended at 3; half of the input comes from a.
    expect(arrivals(logLines(flow({ ...atA, ...work(2) }, { ...atB, ...work(2) }, last))).slice(2)).toEqual([
      '5 arrive 0/0.2#0@1',
      '6 begin 0/0.2#0@1',
    ])
  })

  it('of several sinks: the job is complete when the last answer is', () => {
    const model = flow({ ...atB, ...work(2), outputBytes: 200 }, { ...atB, ...work(3) })
    expect(logLines(model).slice(5)).toEqual([
      '3 finish 0/0.0#0@1',
      '4 finish 0/0.1#0@2',
      '7 answer 0/0.0',
      '7 complete 0/0',
    ])
    expect(run(model).jobs!.latency[0]).toBe(9)
    // From b 3 + 2 s, from a 4 s.
    const early = flow({ ...atB, ...work(2) }, { ...atA, ...work(4) })
    expect(logLines(early).at(-1)).toBe('4 complete 0/0')
    expect(run(early).jobs!.latency[0]).toBe(5)
  })
})

describe('greedy-latency', () => {
  it('weighs how long data takes', () => {
    const near = [
      { name: 'a', groups: [{ nodes: 1, cpuMilli: 1000, arch: 1 }] },
      { name: 'b', groups: [{ nodes: 1, cpuMilli: 1000 }] },
      { name: 'c', groups: [{ nodes: 1, cpuMilli: 1000 }] },
    ]
    const nodeOf = (more: Partial<WorkloadSpec>) =>
      run(
        tinyModel({
          clusters: near,
          latency: [
            ['a', 'b', 1],
            ['a', 'c', 3],
          ],
          bandwidth: [
            ['a', 'b', 100],
            ['b', 'a', 100],
          ],
          workloads: [jobs('w', more, 0)],
        }),
        'greedy-latency',
      ).jobs!.cluster[0]
    expect(nodeOf({})).toBe(1)
    // 1 + 1 to b, 3 to c; 3 and 3: the lower index; 4 and 3.
    expect([100, 200, 300].map(inputBytes => nodeOf({ inputBytes }))).toEqual([1, 1, 2])
    expect([200, 300].map(outputBytes => nodeOf({ outputBytes }))).toEqual([1, 2])
  })
})
