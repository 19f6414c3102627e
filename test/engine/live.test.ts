/** A live run whose outside answers as a simulation would is that simulation; what else the outside may say is coped with. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findPolicy, Live, type LiveAttempt, type Model, type Policy, type RunResult } from '../../engine/index.ts'
import { logOf } from '../../engine/log.ts'
import { compile } from '../../runner/compile/compile.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { policyOf, worlds } from '../properties/worlds.ts'
import { buildModel } from '../reference/build-model.ts'
import { logRows } from '../reference/compare-log.ts'
import { compareNearly } from '../reference/compare-values.ts'
import { Generator } from '../reference/generator.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { type TinyWorld, tinyModel } from '../reference/tiny-model.ts'
import { recordRun, replay } from './replay.ts'

function expectSame(
  model: Model,
  policy: () => Policy,
  replication: number,
  steps: number[],
  name: string,
  tellsCuts: boolean,
): void {
  const recorded = recordRun(model, policy(), replication)
  const lived = replay(model, policy(), replication, recorded, steps, tellsCuts)
  const { total, measured, lostAttempts, shadowPlacements, decisionPasses } = recorded.result
  expect(lived, name).toMatchObject({ total, measured, lostAttempts, shadowPlacements, decisionPasses })
  for (const table of ['jobs', 'decisions', 'samples'] as const)
    for (const [column, expected] of Object.entries(recorded.result[table] as unknown as Columns))
      expect(sameBytes((lived[table] as unknown as Columns)[column], expected), `${name}: ${table}.${column}`).toBe(
        true,
      )
  for (const [what, actual, expected] of integrals(lived, recorded.result))
    expect(compareNearly(`${name}: ${what}`, actual, expected)).toBeNull()
}

type Columns = Record<string, Float64Array>

/** Compared so because there are many. */
const sameBytes = (actual: Float64Array, expected: Float64Array): boolean => {
  const bytes = ({ buffer, byteOffset, byteLength }: Float64Array) => Buffer.from(buffer, byteOffset, byteLength)
  return bytes(actual).equals(bytes(expected))
}

/** Watts of a group are summed in another order where several ends are told for one instant: their last digit may differ. */
function* integrals(lived: RunResult, simulated: RunResult): Generated {
  for (const what of ['endS', 'waitingJobS', 'systemJobS', 'sojournS', 'wastedCoreS'] as const)
    yield [what, lived[what], simulated[what]]
  for (const [what, column] of Object.entries(simulated.clusters))
    for (const [c, value] of column.entries())
      yield [`${what} of ${c}`, lived.clusters[what as keyof RunResult['clusters']][c], value]
}
type Generated = globalThis.Generator<[string, number, number]>

describe('answered with what was drawn, a live run is the simulation', () => {
  it(`in ${worlds} random worlds`, { timeout: 240_000 }, () => {
    for (let seed = 0; seed < worlds; seed++) {
      const model = buildModel(randomModelSpec(seed))
      const random = new Generator(seed ^ 0x51ed270b)
      const steps = Array.from({ length: 20 }, () => random.whole(0, 100)).sort((a, b) => a - b)
      expectSame(model, () => policyOf(seed), seed % 3, steps, `seed ${seed}`, seed % 2 === 0)
    }
  })

  const scenarios = fileURLToPath(new URL('../../scenarios', import.meta.url))
  const files = readdirSync(scenarios).filter(name => name.endsWith('.yaml'))
  it.each(files)('in the first point of %s, by its first policy and its last', { timeout: 120_000 }, async file => {
    const { points } = await loadPoints(join(scenarios, file))
    const { scenario } = points[0].loaded
    const { model } = compile(scenario)
    for (const { name, options, label } of new Set([scenario.policies[0], scenario.policies.at(-1)!]))
      expectSame(model, () => findPolicy(name)!.create(options), 1, [], `${file}, ${label}`, true)
  })
})

/** A live run of tiny worlds by hand: what it asked for, and a line for each event. */
function live(world: TinyWorld, policy = 'fcfs', options = {}, tellsCuts = false) {
  const model = tinyModel(world)
  const asked: { started: LiveAttempt[]; stopped: LiveAttempt[]; injected: [number, boolean][] } = {
    ...{ started: [], stopped: [], injected: [] },
  }
  const run = new Live(
    model,
    findPolicy(policy)!.create(options),
    {
      started: attempt => void asked.started.push(attempt),
      stopped: attempt => void asked.stopped.push(attempt),
      inject: (effect, comes) => asked.injected.push([effect, comes]) > 0 && tellsCuts,
    },
    { replication: 0, record: { events: true, jobs: true } },
  )
  const lines = () =>
    logRows(logOf(run.log!)).map(({ time, kind, ordinal, attempt, node }) => {
      const about = ordinal < 0 ? '' : ` ${ordinal}`
      return `${time} ${kind}${about}${attempt < 0 ? '' : `#${attempt}`}${node < 0 ? '' : `@${node}`}`
    })
  return { run, ...asked, lines }
}

const one = (more = {}) => ({ name: 'w', trace: [{ submitS: 1, runS: 10 }], ...more })

describe('what the outside tells', () => {
  it('is asked for an attempt with all that it needs, not before its request has arrived', () => {
    const clusters = [
      { name: 'a', groups: [{ nodes: 1, cpuMilli: 1 }] },
      { name: 'b', groups: [{ nodes: 2, cpuMilli: 1000, speed: 2, startupS: 3 }] },
    ]
    const { run, started } = live({
      clusters,
      latency: [['a', 'b', 0.5]],
      workloads: [one({ request: { cpuMilli: 1000, tasks: 2 }, deadlineS: 60 })],
    })
    run.advanceTo(1)
    expect(started).toEqual([
      {
        slot: 0,
        workload: 0,
        ordinal: 0,
        stage: 0,
        stageClass: 0,
        number: 0,
        origin: 0,
        nodes: [
          { node: 1, tasks: 1 },
          { node: 2, tasks: 1 },
        ],
        ...{ launchS: 1.5, startupS: 3, runS: 5, faulty: false, deadlineS: 61 },
      },
    ])
  })

  it('takes its time: a job lasts as long as it is told, and a gang until its last node', () => {
    const { run, started, lines } = live({ nodes: 2, workloads: [one({ request: { cpuMilli: 1000, tasks: 2 } })] })
    expect(run.advanceTo(100)).toBe(false)
    run.began(started[0], 120)
    run.ended(started[0], 1, 130)
    expect([run.nextS, run.alive]).toEqual([120, 1])
    expect(run.advanceTo(140)).toBe(false)
    run.ended(started[0], 0, 150)
    expect(run.advanceTo(150)).toBe(true)
    expect(lines()).toEqual(['1 submit 0', '1 place 0#0@0', '120 begin 0#0@0', '150 finish 0#0@0', '150 complete 0'])
    expect([...run.result().jobs!.runTime]).toEqual([30])
  })

  it('may come late or without the begin: it happens now', () => {
    const { run, started, lines } = live({ workloads: [one()] })
    run.advanceTo(20)
    run.ended(started[0], 0, 0.5)
    expect(run.advanceTo(20)).toBe(true)
    expect(lines().slice(2)).toEqual(['1 begin 0#0@0', '1 finish 0#0@0', '1 complete 0'])
  })

  it('a fault uses up a retry, an attempt that is gone does not', () => {
    const { run, started, stopped, lines } = live({ workloads: [one({ retries: 1 })] })
    run.advanceTo(1)
    run.began(started[0], 2)
    run.failed(started[0], 3)
    run.advanceTo(3)
    run.gone(started[1], 4)
    run.advanceTo(4)
    run.began(started[2], 5)
    run.failed(started[2], 6)
    expect(run.advanceTo(6)).toBe(true)
    expect(stopped).toEqual([started[1]])
    expect(lines().slice(3)).toEqual([
      ...['3 fault 0#0@0', '3 requeue 0', '3 place 0#1@0'],
      ...['4 lost 0#1@0', '4 remove 0#1@0', '4 requeue 0', '4 place 0#2@0'],
      ...['5 begin 0#2@0', '6 fault 0#2@0', '6 fail 0'],
    ])
  })

  it('nodes go and come without a failure of the model, and what ran there is placed elsewhere', () => {
    const { run, started, stopped, lines } = live({ nodes: 2, workloads: [one()] })
    run.advanceTo(1)
    run.began(started[0], 1)
    run.nodeLost(0, 4)
    run.advanceTo(5)
    run.ended(started[0], 0, 6)
    run.nodeBack(0, 7)
    run.nodeBack(0, 7)
    run.advanceTo(7)
    expect(stopped).toEqual([started[0]])
    expect(lines().slice(2)).toEqual([
      ...['1 begin 0#0@0', '4 node-down@0', '4 lost 0#0@0', '4 node-detected@0', '4 remove 0#0@0'],
      ...['4 requeue 0', '4 place 0#1@1', '7 node-up@0'],
    ])
  })

  it('a node that is back before anybody noticed has lost what it ran all the same', () => {
    const { run, started, lines } = live({ workloads: [one()] })
    run.advanceTo(1)
    run.began(started[0], 1)
    run.nodeDown(0, 2)
    run.advanceTo(3)
    run.ended(started[0], 0, 3)
    run.nodeLost(0, 9)
    run.nodeBack(0, 4)
    run.advanceTo(10)
    expect(lines().slice(3)).toEqual([
      ...['2 node-down@0', '2 lost 0#0@0', '4 remove 0#0@0', '4 requeue 0', '4 node-up@0', '4 place 0#1@0'],
    ])
  })

  it('failures are asked for; nodes go down when it says so, links and speeds are the model’s', () => {
    const victims = [{ cluster: 'c', node: 0 }]
    const { run, injected, lines } = live({
      horizonS: 100,
      workloads: [one({ trace: [] })],
      failures: [
        { atS: 5, forS: 10, victims },
        { atS: 6, forS: 10, victims, slow: 0.5 },
      ],
    })
    // With nobody left who could wait, nothing is waited for.
    expect(run.advanceTo(50)).toBe(true)
    expect(injected).toEqual([
      [0, true],
      [1, true],
      [0, false],
      [1, false],
    ])
    expect(lines()).toEqual([])
  })

  it('the losers of a race are stopped, once', () => {
    const zones = ['a', 'b'].map(name => ({ name, groups: [{ nodes: 1, cpuMilli: 1000 }] }))
    const { run, started, stopped } = live({ clusters: zones, workloads: [one()] }, 'resilient', { only: 'all' })
    run.advanceTo(1)
    run.began(started[0], 2)
    run.began(started[1], 2)
    run.ended(started[1], started[1].nodes[0].node, 3)
    expect(run.advanceTo(3)).toBe(true)
    run.ended(started[0], started[0].nodes[0].node, 4)
    expect(stopped).toEqual([started[0]])
  })

  it('may be cut short: what is left is unfinished', () => {
    const { run } = live({ horizonS: 1000, workloads: [one()] })
    run.advanceTo(5)
    run.stop(7)
    expect([run.result().endS, run.result().total.unfinished]).toEqual([7, 1])
  })

  it('follows no published system', () => {
    const model = tinyModel({ workloads: [one()] })
    const handler = { started: () => {}, stopped: () => {}, inject: () => false }
    const create = () =>
      new Live(model, findPolicy('fcfs')!.create({}), handler, { replication: 0, compat: 'rlscheduler' })
    expect(create).toThrow('for simulations only')
  })
})
