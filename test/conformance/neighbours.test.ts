/** Affinity, anti-affinity and topology spread: that every policy keeps to them, and that nobody is forgotten who waits for others. */
import { describe, expect, it, test } from 'vitest'
import { createSimulation, policies } from '../../engine/index.ts'
import { withDefaults } from '../../engine/schema.ts'
import { compile } from '../../runner/compile/compile.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'
import { Generator } from '../reference/generator.ts'
import { drive, NeighbourCheck } from './neighbour-check.ts'

const hostname = 'kubernetes.io/hostname'
const zone = 'topology.kubernetes.io/zone'
const cluster = 'fabricdt.io/cluster'

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const of = (app: string, topologyKey: string) =>
  `{ labelSelector: { matchLabels: { app: ${app} } }, topologyKey: ${topologyKey} }`
const beside = (app: string, key: string) => `affinity: { podAffinity: { ${required}: [${of(app, key)}] } }`
const apart = (app: string, key: string) => `affinity: { podAntiAffinity: { ${required}: [${of(app, key)}] } }`
const spread = (app: string, key: string, maxSkew: number, more = '') =>
  `topologySpreadConstraints: [{ maxSkew: ${maxSkew}, topologyKey: ${key}, labelSelector: { matchLabels: { app: ${app} } }${more} }]`

interface Stage {
  app: string
  asks?: string
  tasks?: number
  jobs?: number
}

function scenarioOf(stages: readonly Stage[], policy = 'fcfs', failures = true): Scenario {
  const workloads = stages.map(
    ({ app, asks, tasks = 1, jobs = 12 }, i) =>
      `    - { name: ${app}${i}, origin: { cluster: a }, arrivals: { rate: 1/s, maxJobs: ${jobs} }, job: { retries: 9, stages: [{ duration: { exponential: { mean: 8s } }, estimate: 8s, tasks: ${tasks}, labels: { app: ${app} }, ${asks ?? 'cpu: 1'} }] } }`,
  )
  const text = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: neighbours }
spec:
  fabric:
    pools:
      plain: { cpu: 3, memory: 16Gi, detection: 2s, power: { idle: 10W, busy: 20W } }
    clusters:
      - { name: a, pool: plain, nodes: 3, zone: z1 }
      - { name: b, pool: plain, nodes: 2, zone: z1 }
      - { name: c, pool: plain, nodes: 3, zone: z2 }
      - { name: d, pool: plain, nodes: 3, zone: z3 }
  workloads:
${workloads.join('\n')}
  policies: [${policy}]
  failures: [${failures ? '{ at: 12s, for: 20s, blackout: { zone: z2 } }' : ''}]
`
  return parseScenario(text, 'x.yaml').scenario
}

/** All kinds at once, so that they meet on the same nodes. */
const all: Stage[] = [
  { app: 'web', asks: spread('web', zone, 1) },
  { app: 'even', asks: spread('even', hostname, 1, ', nodeTaintsPolicy: Honor') },
  { app: 'gang', asks: spread('gang', hostname, 1), tasks: 3, jobs: 6 },
  { app: 'cache', asks: beside('web', cluster) },
  { app: 'pair', asks: beside('pair', hostname) },
  { app: 'solo', asks: apart('solo', hostname) },
  { app: 'shy', asks: apart('loud', zone), jobs: 6 },
  { app: 'loud' },
]

function checked(scenario: Scenario, name: string, options: Record<string, unknown> = {}, replication = 0) {
  const { model } = compile(scenario)
  const entry = policies.find(policy => policy.name === name)!
  const policy = entry.create(withDefaults(options, entry.options))
  const simulation = createSimulation(model, policy.order, { replication })
  const check = new NeighbourCheck(simulation, scenario)
  return { simulation, policy, check }
}

describe.each(policies.map(entry => entry.name))('%s', name => {
  it('keeps stages beside, apart and spread as they ask, and completes them', () => {
    const { simulation, policy, check } = checked(scenarioOf(all), name)
    drive(simulation, policy)
    expect(check.broken).toEqual([])
    expect(check.placements).toBeGreaterThan(80)
    expect(simulation.result().total.unfinished).toBe(0)
  })
})

describe.each(['none', 'easy', 'conservative'])('backfilling: %s', backfill => {
  test.each(['first-fit', 'best-fit', 'greedy-latency', 'kube-default'])('with %s', choice => {
    const { simulation, policy, check } = checked(scenarioOf(all), 'fcfs', { backfill, choice })
    drive(simulation, policy)
    expect(check.broken).toEqual([])
    expect(simulation.result().total.unfinished).toBe(0)
  })
})

/** Stages that ask for anything of each other. */
function randomStages(random: Generator): Stage[] {
  const apps = ['p', 'q', 'r']
  const keys = [hostname, zone, cluster]
  return apps.map(app => {
    const other = random.pick(apps)
    const key = random.pick(keys)
    const asks = random.pick([
      'cpu: 1',
      'cpu: 2',
      apart(other, key),
      spread(app, key, random.pick([1, 2])),
      spread(other, key, 1),
      spread(app, key, 1, ', nodeTaintsPolicy: Honor'),
      beside(other, key),
      `${apart(app, hostname)}, ${spread(app, zone, 1)}`,
    ])
    return { app, asks, jobs: 10 }
  })
}

const rounds = process.env.FABRICDT_LONG === '1' ? 400 : 40

describe('at random', () => {
  it('nothing is placed where it must not be, and nothing that could be placed is left after a pass', () => {
    for (let seed = 0; seed < rounds; seed++) {
      const random = new Generator(seed)
      const choice = random.pick(['first-fit', 'best-fit', 'least-allocated', 'round-robin', 'worst-fit'])
      const { simulation, policy, check } = checked(scenarioOf(randomStages(random)), 'fcfs', {
        choice,
        blocking: false,
      })
      drive(simulation, policy, () => {
        const missed = check.missed()
        if (missed.length > 0) throw new Error(`seed ${seed}, ${choice}: ${missed[0]}`)
      })
      expect(check.broken, `seed ${seed}`).toEqual([])
    }
  })

  it.each(['easy', 'conservative', 'ecsched', 'min-min', 'heft', 'preemptive', 'resilient'])('under %s', name => {
    for (let seed = 0; seed < rounds / 4; seed++) {
      const { simulation, policy, check } = checked(scenarioOf(randomStages(new Generator(seed))), name)
      drive(simulation, policy)
      expect(check.broken, `seed ${seed}`).toEqual([])
    }
  })
})
