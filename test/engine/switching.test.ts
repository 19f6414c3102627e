/** Nodes that are switched off and booted, in worlds of a line or two: what happens when, and every joule of it. */
import { describe, expect, it } from 'vitest'
import { createSimulation, EngineError, findPolicy, type Model, type Policy, simulate } from '../../engine/index.ts'
import { logOf } from '../../engine/log.ts'
import { Snapshot } from '../../engine/snapshot.ts'
import { logRows } from '../reference/compare-log.ts'
import type { GroupSpec } from '../reference/model-spec.ts'
import { tinyModel } from '../reference/tiny-model.ts'

const node: Partial<GroupSpec> = {
  idleW: 100,
  busyW: 200,
  offW: 5,
  bootS: 10,
  bootW: 150,
  shutdownS: 4,
  shutdownW: 80,
}

const jobs = (...submitS: number[]) => [
  { name: 'w', trace: submitS.map(at => ({ submitS: at, runS: 20, request: { cpuMilli: 1000 } })) },
]

const powerRows = (model: Model, policy = 'fcfs', options: object = { switchOff: {} }) => {
  const run = simulate(model, findPolicy(policy)!.create({ ...options }), {
    replication: 0,
    record: { events: true, jobs: true },
  })
  const rows = logRows(run.log!)
    .filter(({ kind }) => kind.startsWith('node-'))
    .map(({ time, kind, node: at }) => `${time} ${kind.slice(5)} ${at}`)
  return { run, rows, joules: run.clusters.energyJ[0], waits: [...run.jobs!.waitTime] }
}

describe('opportunistic', () => {
  it('switches all off at once, and boots one for what comes', () => {
    const { rows, joules, waits, run } = powerRows(tinyModel({ nodes: 2, node, horizonS: 100, workloads: jobs(30) }))
    expect(rows).toEqual([
      '0 stop 1',
      '0 stop 0',
      '4 off 0',
      '4 off 1',
      '30 boot 0',
      '40 on 0',
      '60 stop 0',
      '64 off 0',
    ])
    expect(waits).toEqual([10])
    expect(run.boots).toBe(1)
    const first = 4 * 80 + 26 * 5 + 10 * 150 + 20 * 200 + 4 * 80 + 36 * 5
    expect(joules).toBeCloseTo(first + 4 * 80 + 96 * 5, 9)
  })

  it('lets a node that is going off go off before it boots it', () => {
    const { rows, waits } = powerRows(tinyModel({ node, horizonS: 100, workloads: jobs(1) }))
    expect(rows.slice(0, 4)).toEqual(['0 stop 0', '4 off 0', '4 boot 0', '14 on 0'])
    expect(waits).toEqual([13])
  })

  it('boots no more nodes than what waits needs, and none for what fits', () => {
    const world = { nodes: 4, node: { ...node, cpuMilli: 2000 }, horizonS: 200 }
    const { run, rows } = powerRows(tinyModel({ ...world, workloads: jobs(30, 30, 30, 35, 45) }))
    expect(rows.filter(row => row.includes('boot'))).toEqual(['30 boot 0', '30 boot 1', '45 boot 2'])
    expect(run.boots).toBe(3)
  })

  it('brings up all nodes of a gang together', () => {
    const gang = [{ name: 'w', trace: [{ submitS: 30, runS: 20, request: { tasks: 3, cpuMilli: 1000 } }] }]
    const { rows, waits } = powerRows(tinyModel({ nodes: 4, node, horizonS: 100, workloads: gang }))
    expect(rows.filter(row => row.includes('boot'))).toEqual(['30 boot 0', '30 boot 1', '30 boot 2'])
    expect(waits).toEqual([10])
  })

  it('without boot time nothing waits, and nothing goes round in circles', () => {
    const quick = { ...node, bootS: 0, shutdownS: 0 }
    const { waits, rows } = powerRows(tinyModel({ node: quick, horizonS: 100, workloads: jobs(0, 30) }))
    expect(waits).toEqual([0, 0])
    expect(rows).toEqual(['20 stop 0', '20 off 0', '30 boot 0', '30 on 0', '50 stop 0', '50 off 0'])
  })
})

describe('options', () => {
  it('inertial: a node stays on for a while', () => {
    const options = { switchOff: { mode: 'inertial', keepS: 15 } }
    const { rows } = powerRows(tinyModel({ node, horizonS: 100, workloads: jobs(5, 36) }), 'fcfs', options)
    expect(rows).toEqual(['71 stop 0', '75 off 0'])
  })

  it('awake: part of the nodes stays on', () => {
    const options = { switchOff: { awake: 0.5 } }
    const { rows, waits } = powerRows(
      tinyModel({ nodes: 4, node, horizonS: 100, workloads: jobs(10, 10) }),
      'fcfs',
      options,
    )
    expect(rows).toEqual(['0 stop 3', '0 stop 2', '4 off 2', '4 off 3'])
    expect(waits).toEqual([0, 0])
  })

  it('stuck: what would fit if others were not there waits for them', () => {
    const options = { switchOff: { awake: 0.5, wake: 'stuck' } }
    const { run, waits } = powerRows(
      tinyModel({ nodes: 2, node, horizonS: 200, workloads: jobs(10, 10) }),
      'fcfs',
      options,
    )
    expect([run.boots, waits]).toEqual([0, [0, 20]])
    const gang = [{ name: 'w', trace: [{ submitS: 30, runS: 20, request: { tasks: 2, cpuMilli: 1000 } }] }]
    expect(powerRows(tinyModel({ nodes: 2, node, horizonS: 200, workloads: gang }), 'fcfs', options).run.boots).toBe(1)
  })
})

describe('failures', () => {
  const blackout = (atS: number, forS: number, detectionS: number, at: number, horizonS = 100) =>
    tinyModel({
      node: { ...node, failedW: 1 },
      cluster: { detectionS },
      horizonS,
      workloads: jobs(at),
      failures: [{ atS, forS, victims: [{ cluster: 'c', node: '*' }] }],
    })

  it('of a node that is off: it draws what a failed one does, and is off after its repair', () => {
    const { joules, rows, run } = powerRows(blackout(20, 30, 5, 90))
    expect(rows).toEqual(['0 stop 0', '4 off 0', '20 down 0', '25 detected 0', '50 up 0', '90 boot 0', '100 on 0'])
    expect(joules).toBeCloseTo(4 * 80 + 16 * 5 + 30 * 1 + 40 * 5 + 10 * 150, 9)
    expect(run.lostAttempts).toBe(0)
  })

  it('of a node that boots: it boots anew when it is repaired', () => {
    const { joules, rows, waits } = powerRows(blackout(35, 10, 2, 30))
    expect(rows.slice(2, 8)).toEqual(['30 boot 0', '35 down 0', '37 detected 0', '45 up 0', '55 on 0', '75 stop 0'])
    expect(waits).toEqual([25])
    const booting = 5 * 150 + 10 * 1 + 10 * 150
    expect(joules).toBeCloseTo(4 * 80 + 26 * 5 + booting + 20 * 200 + 4 * 80 + 21 * 5, 9)
  })

  it('of a node that goes off, and of one whose failure is not known yet', () => {
    expect(powerRows(blackout(2, 10, 5, 90)).rows).toEqual([
      '0 stop 0',
      '2 down 0',
      '7 detected 0',
      '12 up 0',
      '90 boot 0',
      '100 on 0',
    ])
    // Booted while nobody knows that it is down: that takes until after its repair.
    const { rows, waits } = powerRows(blackout(20, 30, 40, 30))
    expect(rows.slice(2, 6)).toEqual(['20 down 0', '30 boot 0', '50 up 0', '60 on 0'])
    expect(waits).toEqual([30])
  })

  it('of nodes that are known to have failed: others are booted', () => {
    const model = tinyModel({
      nodes: 2,
      node,
      cluster: { detectionS: 1 },
      horizonS: 100,
      workloads: jobs(30),
      failures: [{ atS: 20, forS: 50, victims: [{ cluster: 'c', node: 0 }] }],
    })
    expect(powerRows(model).rows).toContain('30 boot 1')
  })
})

it('what is kept of a run at any instant goes on to the same end', () => {
  const model = tinyModel({ nodes: 3, node, horizonS: 300, workloads: jobs(5, 5, 30, 31, 70, 71, 72, 150) })
  const options = { replication: 0, switches: true, record: { events: true } }
  const create = (): Policy => findPolicy('easy')!.create({ switchOff: { mode: 'inertial', keepS: 7 } })
  const finish = ({ simulation, policy }: { simulation: ReturnType<typeof createSimulation>; policy: Policy }) => {
    while (simulation.advance() === 'decision') policy.decide(simulation.view)
    return { result: simulation.result(), log: logOf(simulation.log!) }
  }
  const policy = create()
  const expected = finish({ simulation: createSimulation(model, policy.order, options), policy })
  const other = create()
  const simulation = createSimulation(model, other.order, options)
  for (let i = 0; simulation.advance() === 'decision'; i++) {
    const kept = new Snapshot({ simulation, policy: other }).restore()
    kept.policy.decide(kept.simulation.view)
    expect(finish(kept), `decision ${i}`).toEqual(expected)
    other.decide(simulation.view)
  }
})

it('only nodes that are on and idle go off, only those that are off boot, and only if the policy says that it switches', () => {
  const model = tinyModel({ nodes: 1, node, horizonS: 100, workloads: jobs(0) })
  const fcfs = findPolicy('fcfs')!.create({})
  const errors: string[] = []
  const attempt = (does: () => void): void => {
    try {
      does()
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      errors.push(error.message)
    }
  }
  const policy = (switches: boolean): Policy => ({
    order: fcfs.order,
    switches,
    decide(pass) {
      fcfs.decide(pass)
      if (pass.now > 0) return
      attempt(() => pass.power(0, false))
      attempt(() => pass.power(0, true))
      attempt(() => pass.askAt(0))
    },
  })
  simulate(model, policy(false), { replication: 0 })
  expect(new Set(errors)).toEqual(new Set(['power: the policy does not say that it switches, or nodes are real']))
  errors.length = 0
  simulate(model, policy(true), { replication: 0 })
  expect(errors).toEqual([
    'power: only nodes that are on and idle can be switched off',
    'power: only nodes that are off can be booted',
    'askAt: that time is over',
  ])
})
