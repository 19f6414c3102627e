/** Jobs of several stages, priorities and cancellation in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { StageSpec, WorkloadSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

const stage = (seconds: number, after: number[] = [], more: StageSpec = {}): StageSpec => ({
  work: { kind: 'constant', a: seconds },
  after,
  ...more,
})
/** Jobs that come every `everyS` seconds, the first after as many. */
const jobs = (count: number, everyS: number) => ({
  renewal: { interval: { kind: 'constant', a: everyS }, maxJobs: count },
})
const workflow = (stages: StageSpec[], more: Partial<WorkloadSpec> = {}): WorkloadSpec[] => [
  { name: 'w', ...jobs(1, 1), stages, ...more },
]

describe('stages', () => {
  const diamond = [stage(2), stage(3, [0]), stage(1, [0]), stage(4, [1, 2])]

  it('become ready when the last of their predecessors has completed', () => {
    expect(logLines(tinyModel({ nodes: 2, workloads: workflow(diamond) }))).toEqual([
      '1 submit 0/0',
      '1 place 0/0.0#0@0',
      '1 begin 0/0.0#0@0',
      '3 finish 0/0.0#0@0',
      '3 place 0/0.1#0@0',
      '3 begin 0/0.1#0@0',
      '3 place 0/0.2#0@1',
      '3 begin 0/0.2#0@1',
      '4 finish 0/0.2#0@1',
      '6 finish 0/0.1#0@0',
      '6 place 0/0.3#0@0',
      '6 begin 0/0.3#0@0',
      '10 finish 0/0.3#0@0',
      '10 complete 0/0',
    ])
  })

  it('of an earlier job come first, whatever stage they are', () => {
    const model = tinyModel({ workloads: workflow([stage(2), stage(2, [0])], jobs(2, 1)) })
    expect(logLines(model).filter(line => line.includes('place'))).toEqual([
      '1 place 0/0.0#0@0',
      '3 place 0/0.1#0@0',
      '5 place 0/1.0#0@0',
      '7 place 0/1.1#0@0',
    ])
  })

  it('count as waiting once they are ready', () => {
    const { waitingJobS, systemJobS } = run(tinyModel({ workloads: workflow([stage(2), stage(3), stage(1, [0])]) }))
    expect([waitingJobS, systemJobS]).toEqual([2 + 3, 6])
  })

  it('wait from submission to the first begin of a root, answer from each sink', () => {
    const clusters = [
      { name: 'a', groups: [{ nodes: 1, cpuMilli: 1000 }] },
      { name: 'b', groups: [{ nodes: 1, cpuMilli: 2000 }] },
    ]
    const latency: [string, string, number][] = [
      ['a', 'b', 1],
      ['b', 'a', 7],
    ]
    const onB = { request: { cpuMilli: 2000 } }
    const model = tinyModel({ clusters, latency, workloads: workflow([stage(1), stage(3, [], onB), stage(5, [0])]) })
    const { waitTime, runTime, latency: back, cluster, attempts } = run(model).jobs!
    // Sinks: b from 2 to 5, back at 12; a from 2 to 7, back at once.
    expect([waitTime[0], runTime[0], back[0], cluster[0], attempts[0]]).toEqual([0, 6, 11, 0, 3])
  })

  it('fail for good with all that is left of the job', () => {
    const stages = [stage(1), stage(9), stage(8, [0], { failureProbability: 1 }), stage(1, [1])]
    const lines = logLines(tinyModel({ nodes: 3, workloads: workflow(stages, { retries: 1 }) }))
    const kinds = lines.map(line => line.replace(/^\S+ /, ''))
    expect(kinds.slice(5)).toEqual([
      'finish 0/0.0#0@0',
      'place 0/0.2#0@0',
      'begin 0/0.2#0@0',
      'fault 0/0.2#0@0',
      'requeue 0/0.2',
      'place 0/0.2#1@0',
      'begin 0/0.2#1@0',
      'fault 0/0.2#1@0',
      'remove 0/0.1#0@1',
      'fail 0/0',
    ])
  })
})

describe('priority', () => {
  it('goes before every key', () => {
    const workloads = [
      { name: 'a', trace: [0, 1].map(submitS => ({ submitS, runS: 5 })) },
      { name: 'b', priority: 1, trace: [{ submitS: 3, runS: 9 }] },
    ]
    expect(logLines(tinyModel({ workloads }), 'sjf').filter(line => line.includes('place'))).toEqual([
      '0 place 0/0#0@0',
      '5 place 1/0#0@0',
      '14 place 0/1#0@0',
    ])
  })
})

describe('a job that is cancelled at its deadline', () => {
  const late = { deadlineS: 4, cancelLate: true }

  it('goes with all its stages, between the ends and the begins of the instant', () => {
    const stages = [stage(9), stage(9), stage(1)]
    const model = tinyModel({ nodes: 2, workloads: workflow(stages, late) })
    expect(logLines(model).slice(5)).toEqual(['5 remove 0/0.0#0@0', '5 remove 0/0.1#0@1', '5 cancel 0/0'])
    const { total, jobs: records, wastedCoreS } = run(model)
    expect(total).toMatchObject({ submitted: 1, cancelled: 1, deadlines: 1, deadlineMisses: 1 })
    expect([records!.waitTime[0], records!.cluster[0], wastedCoreS]).toEqual([Number.NaN, -1, 8])
  })

  it('has completed if it ends then, though its answer comes too late', () => {
    const clusters = [
      { name: 'a', groups: [] },
      { name: 'b', groups: [{ nodes: 1, cpuMilli: 1000 }] },
    ]
    const workloads = [{ name: 'w', ...late, origin: { a: 1 }, trace: [{ submitS: 0, runS: 4 }] }]
    const { total } = run(tinyModel({ clusters, latency: [['b', 'a', 1]], workloads }))
    expect(total).toMatchObject({ completed: 1, cancelled: 0, deadlineMisses: 1 })
  })

  it('goes although what it runs on is down unnoticed, and although nothing else can happen', () => {
    const failures = [{ atS: 1, victims: [{ cluster: 'c', node: 0 }] }]
    const workloads = [{ name: 'w', ...late, trace: [0, 2].map(submitS => ({ submitS, runS: 9 })) }]
    expect(logLines(tinyModel({ cluster: { detectionS: 60 }, failures, workloads })).slice(3)).toEqual([
      '1 node-down@0',
      '1 lost 0/0#0@0',
      '2 submit 0/1',
      '4 remove 0/0#0@0',
      '4 cancel 0/0',
      '4 place 0/1#0@0',
      '4 lost 0/1#0@0',
      '6 remove 0/1#0@0',
      '6 cancel 0/1',
    ])
  })
})
