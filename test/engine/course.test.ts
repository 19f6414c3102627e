/** Jobs of traces whose use changes while they run: power, sharing of cores, what is wasted. */
import { describe, expect, it } from 'vitest'
import { findPolicy, Simulation, Snapshot } from '../../engine/index.ts'
import { fullRequest, type TraceJobSpec } from '../reference/model-spec.ts'
import { run, type TinyWorld, tinyModel } from '../reference/tiny-model.ts'

/** A core: 100 W idle, 200 W busy. */
const node = { cpuMilli: 1000, idleW: 100, busyW: 200, failedW: 100 }
const request = fullRequest({ cpuMilli: 500 })
const world = (trace: TraceJobSpec[], rest: Partial<TinyWorld> = {}) =>
  tinyModel({ node, workloads: [{ name: 'w', request, trace, retries: 5 }], ...rest })

it('draws what it uses, piece by piece', () => {
  const course: [number, number][] = [
    [10, 500],
    [10, 999],
    [30, 1000],
    [40, 0],
  ]
  const { clusters, endS } = run(world([{ submitS: 0, runS: 40, course }]))
  expect(endS).toBe(40)
  expect(clusters.busyCoreS[0]).toBe(10 * 0.5 + 20)
  expect(clusters.energyJ[0]).toBe(40 * 100 + 25 * 100)
})

it('ends with its run time, wherever its last piece does; a job without a course uses what it requests', () => {
  const { clusters, endS } = run(
    world([
      {
        submitS: 0,
        runS: 10,
        course: [
          [4, 1000],
          [6, 200],
        ],
      },
      { submitS: 20, runS: 10 },
      {
        submitS: 40,
        runS: 10,
        course: [
          [4, 1000],
          [60, 200],
        ],
      },
    ]),
  )
  expect(endS).toBe(50)
  expect(clusters.busyCoreS[0]).toBeCloseTo(4 + 6 * 0.2 + 5 + 4 + 6 * 0.2, 9)
})

it('goes on at the speed of its node', () => {
  const fast = { node: { ...node, speed: 2 } }
  const { clusters, endS } = run(
    world(
      [
        {
          submitS: 0,
          runS: 40,
          course: [
            [20, 1000],
            [40, 0],
          ],
        },
      ],
      fast,
    ),
  )
  expect(endS).toBe(20)
  expect(clusters.busyCoreS[0]).toBe(10)
})

it('shares the cores of a node that is crowded for a while', () => {
  // Both want all of the core in the second half of their work: there each comes on at half the speed.
  const course: [number, number][] = [
    [10, 500],
    [20, 1000],
  ]
  const { clusters, endS } = run(world([0, 0].map(submitS => ({ submitS, runS: 20, course }))))
  expect(endS).toBe(30)
  expect(clusters.busyCoreS[0]).toBe(10 + 20)
})

describe('with checkpoints and a failure', () => {
  const failures = [{ atS: 300, forS: 300, victims: [{ cluster: 'c', node: '*' as const }] }]
  const checkpoint = { everyS: 60, costS: 1, store: 'node' as const }
  const trace = (course: [number, number][]) => [{ submitS: 0, runS: 1200, course }]
  const of = (course: [number, number][]) =>
    run(
      tinyModel({ node, failures, workloads: [{ name: 'w', request, checkpoint, trace: trace(course), retries: 5 }] }),
    )

  it.each([
    [
      'testCheckpoints2',
      [
        [600, 1000],
        [1200, 500],
      ],
    ],
    [
      'testCheckpoints3',
      [
        [600, 500],
        [1200, 1000],
      ],
    ],
  ] as [string, [number, number][]][])('takes as long as OpenDC’s %s: it goes on within its course', (_, course) => {
    const { endS, clusters } = of(course)
    expect(endS).toBe(1575)
    // OpenDC writes checkpoints at the highest use of the whole task, this engine at that of the moment.
    const [published, highest] = course[0][1] === 1000 ? [255_000, 200] : [252_200, 200]
    expect(published - clusters.energyJ[0]).toBeGreaterThan(0)
    expect(published - clusters.energyJ[0]).toBeLessThan((highest - 150) * 19)
  })

  it('wastes what was done after the last checkpoint', () => {
    const { clusters, wastedCoreS } = of([
      [600, 1000],
      [1200, 500],
    ])
    const useful = 600 + 300
    expect(clusters.busyCoreS[0] - wastedCoreS).toBeCloseTo(useful + ((15 * 360) / 960 + (15 * 600) / 960 / 2), 6)
  })
})

it('is CarbonTest 2 of OpenDC: 320 minutes whose use changes every 40, 3.36 MJ', () => {
  const course = Array.from({ length: 8 }, (_, i): [number, number] => [2400 * (i + 1), i % 2 === 0 ? 500 : 1000])
  const { clusters, endS } = run(world([{ submitS: 0, runS: 8 * 2400, course }]))
  expect(endS).toBe(19_200)
  expect(clusters.energyJ[0]).toBe(3_360_000)
})

it('goes on alike from a snapshot', () => {
  const course: [number, number][] = [
    [3, 500],
    [7, 1000],
    [9, 100],
  ]
  const model = world(Array.from({ length: 6 }, (_, i) => ({ submitS: i, runS: 9, course })))
  const policy = findPolicy('fcfs')!.create({})
  const simulation = new Simulation(model, policy.order, { replication: 0 })
  const finish = (running: { simulation: Simulation; policy: typeof policy }) => {
    while (running.simulation.advance() === 'decision') running.policy.decide(running.simulation.view)
    return running.simulation.result()
  }
  for (let i = 0; i < 3 && simulation.advance() === 'decision'; i++) policy.decide(simulation.view)
  const kept = new Snapshot({ simulation, policy })
  expect(finish(kept.restore())).toEqual(finish({ simulation, policy }))
})
