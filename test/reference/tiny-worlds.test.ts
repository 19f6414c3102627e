/** Worlds small enough to know what must happen: each log is written by hand from ARCHITECTURE.md. */
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../engine/index.ts'
import type { TraceJobSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

const job = (submitS: number, runS: number, more: Partial<TraceJobSpec> = {}): TraceJobSpec => ({
  submitS,
  runS,
  ...more,
})
const cores = (count: number, tasks = 1) => ({ request: { cpuMilli: 1000 * count, tasks } })
const traceOf = (...trace: TraceJobSpec[]) => [{ name: 'w', trace }]
const onlyPlaces = (lines: string[]) => lines.filter(line => line.includes(' place '))

describe('one instant', () => {
  it('ends come before arrivals, arrivals before the one decision pass', () => {
    expect(logLines(tinyModel({ workloads: traceOf(job(0, 5), job(5, 1)) }))).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '5 finish 0/0#0@0',
      '5 complete 0/0',
      '5 submit 0/1',
      '5 place 0/1#0@0',
      '5 begin 0/1#0@0',
      '6 finish 0/1#0@0',
      '6 complete 0/1',
    ])
  })

  it('jobs of zero seconds take a round each', () => {
    expect(logLines(tinyModel({ workloads: traceOf(job(3, 0), job(3, 0)) }))).toEqual([
      '3 submit 0/0',
      '3 submit 0/1',
      '3 place 0/0#0@0',
      '3 begin 0/0#0@0',
      '3 finish 0/0#0@0',
      '3 complete 0/0',
      '3 place 0/1#0@0',
      '3 begin 0/1#0@0',
      '3 finish 0/1#0@0',
      '3 complete 0/1',
    ])
  })

  it('all begins of a round come before the end of one that takes no time', () => {
    const model = tinyModel({ nodes: 2, node: { startupS: 1 }, workloads: traceOf(job(0, 0), job(0, 2)) })
    expect(logLines(model).slice(4)).toEqual([
      '1 begin 0/0#0@0',
      '1 begin 0/1#0@1',
      '1 finish 0/0#0@0',
      '1 complete 0/0',
      '3 finish 0/1#0@1',
      '3 complete 0/1',
    ])
  })

  it('more than 10,000 rounds are an error', () => {
    const world = (retries: number) =>
      tinyModel({ workloads: [{ name: 'w', retries, failureProbability: 1, trace: [job(0, 0)] }] })
    expect(run(world(9000)).total.failed).toBe(1)
    expect(() => run(world(11_000))).toThrow(EngineError)
  })

  it('workloads go by name, whatever the order of the file', () => {
    const workloads = [
      { name: 'b', trace: [job(0, 1)] },
      { name: 'a', trace: [job(0, 1)] },
    ]
    expect(onlyPlaces(logLines(tinyModel({ workloads })))).toEqual(['0 place 0/0#0@0', '1 place 1/0#0@0'])
  })

  it('what is due at the horizon still happens', () => {
    const model = tinyModel({ horizonS: 4, workloads: traceOf(job(0, 4), job(4, 1), job(4.5, 1)) })
    expect(logLines(model).slice(3)).toEqual([
      '4 finish 0/0#0@0',
      '4 complete 0/0',
      '4 submit 0/1',
      '4 place 0/1#0@0',
      '4 begin 0/1#0@0',
    ])
    expect(run(model).total).toMatchObject({ submitted: 2, completed: 1, unfinished: 1 })
  })

  it('counts what happens at the end in the last bin of the series', () => {
    const { series } = run(tinyModel({ horizonS: 256, workloads: traceOf(job(0, 256), job(256, 1)) }))
    expect([series.bins, series.widthS]).toEqual([256, 1])
    expect([series.submitted[255], series.completed[255]]).toEqual([1, 1])
  })

  it('a last bin of which rounding left next to nothing has the mean of the one before', () => {
    const endS = 240.00000000000003
    const node = { idleW: 0, busyW: 100.5 }
    const { series } = run(tinyModel({ node, workloads: traceOf(job(0.1, 0.7), job(0.9, 3.3), job(4.5, endS - 4.5)) }))
    expect(series.bins).toBe(241)
    expect(series.watts[240]).toBe(series.watts[239])
    expect(series.watts[240]).toBeCloseTo(100.5, 9)
  })
})

describe('queue order and blocking', () => {
  const trace = traceOf(job(0, 9), job(1, 9, cores(2)), job(2, 3), job(3, 1))
  const node = { cpuMilli: 2000 }

  it('fcfs: the head that does not fit holds up the rest', () => {
    expect(onlyPlaces(logLines(tinyModel({ node, workloads: trace })))).toEqual([
      '0 place 0/0#0@0',
      '9 place 0/1#0@0',
      '18 place 0/2#0@0',
      '18 place 0/3#0@0',
    ])
  })

  it('without blocking what fits goes on', () => {
    expect(onlyPlaces(logLines(tinyModel({ node, workloads: trace }), 'fcfs', { blocking: false }))).toEqual([
      '0 place 0/0#0@0',
      '2 place 0/2#0@0',
      '5 place 0/3#0@0',
      '9 place 0/1#0@0',
    ])
  })

  it('sjf: by estimate, then submission', () => {
    const jobs = traceOf(job(0, 5), job(1, 9, { estimateS: 2 }), job(2, 1), job(3, 7, { estimateS: 2 }))
    expect(onlyPlaces(logLines(tinyModel({ workloads: jobs }), 'sjf'))).toEqual([
      '0 place 0/0#0@0',
      '5 place 0/2#0@0',
      '6 place 0/1#0@0',
      '15 place 0/3#0@0',
    ])
  })
})

describe('choice of node', () => {
  const groups = [
    { nodes: 1, cpuMilli: 8000 },
    { nodes: 2, cpuMilli: 4000 },
  ]
  const places = (policy: string) =>
    onlyPlaces(
      logLines(
        tinyModel({ cluster: { groups }, workloads: traceOf(...[1, 3, 4, 1].map(n => job(0, 9, cores(n)))) }),
        policy,
      ),
    ).map(line => Number(line.split('@')[1]))

  it.each([
    ['first-fit', [0, 0, 0, 1]],
    ['best-fit', [1, 1, 2, 0]],
    ['least-allocated', [0, 0, 0, 1]],
    ['round-robin', [0, 1, 2, 0]],
  ])('%s', (policy, nodes) => expect(places(policy)).toEqual(nodes))

  it('greedy-latency weighs the way out, start-up, speed and the way back', () => {
    const clusters = [
      { name: 'a', groups: [{ nodes: 1, cpuMilli: 1000 }] },
      { name: 'b', groups: [{ nodes: 1, cpuMilli: 1000, speed: 4, startupS: 1 }] },
      { name: 'c', groups: [{ nodes: 1, cpuMilli: 1000, speed: 2 }] },
    ]
    const latency: [string, string, number][] = [
      ['a', 'b', 2],
      ['b', 'a', 3],
      ['a', 'c', 1],
      ['c', 'a', 4],
    ]
    // For 8 s: a 8, b 2 + 1 + 2 + 3 = 8, c 1 + 4 + 4 = 9: the lowest among equals first.
    const model = tinyModel({ clusters, latency, workloads: traceOf(job(0, 8), job(0, 8), job(0, 8)) })
    expect(logLines(model, 'greedy-latency')).toEqual([
      '0 submit 0/0',
      '0 submit 0/1',
      '0 submit 0/2',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '0 place 0/1#0@1',
      '0 place 0/2#0@2',
      '1 begin 0/2#0@2',
      '3 begin 0/1#0@1',
      '5 finish 0/1#0@1',
      '5 complete 0/1',
      '5 finish 0/2#0@2',
      '5 complete 0/2',
      '8 finish 0/0#0@0',
      '8 complete 0/0',
    ])
    expect([...run(model, 'greedy-latency').jobs!.latency]).toEqual([8, 8, 9])
  })
})

describe('gangs', () => {
  it('fill node by node within one cluster, and pass over one that cannot hold them', () => {
    const clusters = [
      { name: 'a', groups: [{ nodes: 2, cpuMilli: 1000 }] },
      {
        name: 'b',
        groups: [
          { nodes: 2, cpuMilli: 2000, speed: 2 },
          { nodes: 1, cpuMilli: 1000, startupS: 1 },
        ],
      },
    ]
    const model = tinyModel({ clusters, workloads: traceOf(job(0, 4, cores(1, 5)), job(0, 1)) })
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 submit 0/1',
      '0 place 0/0#0@2',
      '0 place 0/1#0@0',
      '0 begin 0/1#0@0',
      '1 finish 0/1#0@0',
      '1 complete 0/1',
      '1 begin 0/0#0@2',
      '5 finish 0/0#0@2',
      '5 complete 0/0',
    ])
    expect(run(model).clusters.busyCoreS[1]).toBe(5 * 4)
  })
})

describe('failures of nodes', () => {
  const victims = [{ cluster: 'c', node: 0 }]
  const down = (atS: number, forS: number) => [{ atS, forS, victims }]

  it('lose what runs; detected later, it waits again with its old key', () => {
    const model = tinyModel({
      cluster: { detectionS: 2 },
      failures: down(3, 10),
      workloads: traceOf(job(0, 5), job(1, 5)),
    })
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '1 submit 0/1',
      '3 node-down@0',
      '3 lost 0/0#0@0',
      '5 node-detected@0',
      '5 remove 0/0#0@0',
      '5 requeue 0/0',
      '13 node-up@0',
      '13 place 0/0#1@0',
      '13 begin 0/0#1@0',
      '18 finish 0/0#1@0',
      '18 complete 0/0',
      '18 place 0/1#0@0',
      '18 begin 0/1#0@0',
      '23 finish 0/1#0@0',
      '23 complete 0/1',
    ])
    expect(run(model)).toMatchObject({ lostAttempts: 1, wastedCoreS: 3 })
  })

  it('repaired before they are detected: the lost attempt goes before the node is up', () => {
    const model = tinyModel({ cluster: { detectionS: 60 }, failures: down(3, 1), workloads: traceOf(job(0, 5)) })
    expect(logLines(model).slice(3)).toEqual([
      '3 node-down@0',
      '3 lost 0/0#0@0',
      '4 remove 0/0#0@0',
      '4 requeue 0/0',
      '4 node-up@0',
      '4 place 0/0#1@0',
      '4 begin 0/0#1@0',
      '9 finish 0/0#1@0',
      '9 complete 0/0',
    ])
    expect(run(model).endS).toBe(9)
  })

  it('what is placed on a node that is down unnoticed is lost from the start', () => {
    const model = tinyModel({ cluster: { detectionS: 5 }, failures: down(1, 9), workloads: traceOf(job(2, 1)) })
    expect(logLines(model)).toEqual([
      '1 node-down@0',
      '2 submit 0/0',
      '2 place 0/0#0@0',
      '2 lost 0/0#0@0',
      '6 node-detected@0',
      '6 remove 0/0#0@0',
      '6 requeue 0/0',
      '10 node-up@0',
      '10 place 0/0#1@0',
      '10 begin 0/0#1@0',
      '11 finish 0/0#1@0',
      '11 complete 0/0',
    ])
  })

  it('what ends as they come has ended; what begins then does not', () => {
    const model = tinyModel({
      nodes: 2,
      node: { startupS: 1 },
      failures: down(3, 1),
      workloads: traceOf(job(0, 2), job(2, 1)),
    })
    expect(logLines(model).slice(2, 8)).toEqual([
      '1 begin 0/0#0@0',
      '2 submit 0/1',
      '2 place 0/1#0@1',
      '3 finish 0/0#0@0',
      '3 complete 0/0',
      '3 node-down@0',
    ])
    const lost = tinyModel({ node: { startupS: 1 }, failures: down(1, 1), workloads: traceOf(job(0, 2)) })
    expect(logLines(lost).slice(2, 4)).toEqual(['1 node-down@0', '1 lost 0/0#0@0'])
  })

  it('overlapping ones hold a node until the last has ended', () => {
    const failures = [...down(1, 4), ...down(2, 8), ...down(3, 1)]
    const model = tinyModel({ failures, workloads: traceOf(job(0, 2)) })
    expect(logLines(model).filter(line => line.includes('node-'))).toEqual([
      '1 node-down@0',
      '1 node-detected@0',
      '10 node-up@0',
    ])
  })

  it('of a gang: the others go on using their cores until it is removed', () => {
    const model = tinyModel({
      nodes: 3,
      node: { idleW: 100, busyW: 200 },
      cluster: { detectionS: 4 },
      failures: down(2, Infinity),
      workloads: traceOf(job(0, 8, cores(1, 2))),
    })
    expect(logLines(model).slice(3)).toEqual([
      '2 node-down@0',
      '2 lost 0/0#0@0',
      '6 node-detected@0',
      '6 remove 0/0#0@0',
      '6 requeue 0/0',
      '6 place 0/0#1@1',
      '6 begin 0/0#1@1',
      '14 finish 0/0#1@1',
      '14 complete 0/0',
    ])
    const { clusters, wastedCoreS } = run(model)
    expect(clusters.busyCoreS[0]).toBe(2 * 2 + 4 + 2 * 8)
    expect(wastedCoreS).toBe(2 * 2 + 4)
    expect(clusters.energyJ[0]).toBeCloseTo(100 * (2 * 14 + 2) + 100 * 24, 9)
  })

  it('for good: what can never run is unfinished at the last event', () => {
    const model = tinyModel({
      cluster: { detectionS: 2 },
      failures: down(3, Infinity),
      workloads: traceOf(job(0, 5), job(1, 1)),
    })
    const { endS, total } = run(model)
    expect(logLines(model).at(-1)).toBe('5 requeue 0/0')
    expect(endS).toBe(5)
    expect(total).toMatchObject({ submitted: 2, unfinished: 2 })
  })
})

describe('shadows', () => {
  const clusters = ['a', 'b', 'c'].map((name, i) => ({
    name,
    zone: name === 'c' ? 'b' : name,
    detectionS: 1,
    groups: [{ nodes: 1, cpuMilli: 1000, speed: i === 0 ? 1 : 2, startupS: 2 * i }],
  }))
  const workloads = [{ name: 'w', deadlineS: 9, trace: [job(0, 8)] }]

  it('stand in another zone; the first to end wins and the other is removed', () => {
    const options = { shadows: 2 }
    expect(logLines(tinyModel({ clusters, workloads }), 'resilient', options)).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@1',
      '0 place 0/0#1@0',
      '0 begin 0/0#1@0',
      '2 begin 0/0#0@1',
      '6 finish 0/0#0@1',
      '6 remove 0/0#1@0',
      '6 complete 0/0',
    ])
    expect(run(tinyModel({ clusters, workloads }), 'resilient', options).wastedCoreS).toBe(6)
  })

  it('go on where the first attempt is lost: nothing waits again', () => {
    const failures = [{ atS: 3, victims: [{ cluster: 'b', node: 0 }] }]
    expect(logLines(tinyModel({ clusters, workloads, failures }), 'resilient').slice(5)).toEqual([
      '3 node-down@1',
      '3 lost 0/0#0@1',
      '4 node-detected@1',
      '4 remove 0/0#0@1',
      '8 finish 0/0#1@0',
      '8 complete 0/0',
    ])
  })

  it('are only for jobs with a deadline, unless all are asked for', () => {
    const model = tinyModel({ clusters, workloads: traceOf(job(0, 8)) })
    expect(onlyPlaces(logLines(model, 'resilient'))).toHaveLength(1)
    expect(onlyPlaces(logLines(model, 'resilient', { only: 'all' }))).toHaveLength(2)
  })
})

describe('deadlines and warm-up', () => {
  it('a miss is latency > deadline; unfinished ones are missed or censored at the end', () => {
    const workloads = [{ name: 'w', deadlineS: 5, trace: [job(0, 5), job(0, 2), job(6, 9), job(12, 9)] }]
    const { measured, total, jobs } = run(tinyModel({ horizonS: 14, warmupS: 6, workloads }))
    expect([...jobs!.deadlineMissed]).toEqual([0, 1, 1, 0])
    expect(total).toMatchObject({
      submitted: 4,
      completed: 2,
      unfinished: 2,
      deadlines: 3,
      deadlineMisses: 2,
      censored: 1,
    })
    expect(measured).toMatchObject({
      submitted: 2,
      completed: 0,
      unfinished: 2,
      deadlines: 1,
      deadlineMisses: 1,
      censored: 1,
    })
  })
})
