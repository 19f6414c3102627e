/** A realistic Results object: three policies, thirty replications, six clusters, a blackout. */
import type { Results } from '../../reports/results.ts'
import { summarizeCurves, summarizeNumbers } from '../../reports/trial-summary.ts'
import type { Expectation } from '../../runner/scenario/scenario.ts'
import { blackout, fixtureClusters, fixtureModel, fixturePolicies, fixtureRun, horizonS } from './fixture-runs.ts'
import { summarizeTrials, type Trial } from './summarize-trials.ts'

const at = { file: 'scenarios/zone-blackout.yaml', line: 48, column: 5 }

export const fixtureExpectations: Expectation[] = [
  {
    text: 'latency.p95 < 11s',
    metric: 'latency.p95',
    of: null,
    op: '<',
    value: 11,
    policy: null,
    severity: 'fail',
    at,
  },
  {
    text: 'deadlineMisses < 1 %',
    metric: 'deadlineMisses',
    of: null,
    op: '<',
    value: 0.01,
    policy: null,
    severity: 'fail',
    at,
  },
  { text: 'energy < 0.85 kWh', metric: 'energy', of: null, op: '<', value: 3.06e6, policy: null, severity: 'warn', at },
  {
    text: 'utilisation < 80 % of gaming',
    metric: 'utilisation',
    of: 'gaming',
    op: '<',
    value: 0.8,
    policy: 'greedy-latency',
    severity: 'fail',
    at,
  },
]

const policyDetails = [
  {
    name: 'fcfs',
    summary: 'First come, first served: the head of the queue waits for the first node that fits.',
    options: {},
  },
  { name: 'greedy-latency', summary: 'Nearest and quickest node that fits now.', options: { blocking: false } },
  {
    name: 'resilient',
    summary: 'As greedy-latency, with shadows in other zones.',
    options: { shadows: 1, only: 'deadline' },
  },
]

const source = `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata:
  name: zone-blackout
  description: One zone goes dark for fifteen minutes under steady load. Which policy keeps its deadlines, and for how much energy?
spec:
  seed: 42
  horizon: 1h
  warmup: 5m
`

let trials: Trial[] | undefined

/** Made once a process: about a second. */
export function fixtureTrials(): Trial[] {
  const model = fixtureModel()
  trials ??= fixturePolicies.flatMap(policy =>
    Array.from({ length: 30 }, (_, replication) => {
      const run = fixtureRun(policy, replication)
      return { policy, replication, summary: { ...summarizeNumbers(model, run), ...summarizeCurves(model, run) } }
    }),
  )
  return trials
}

export function fixtureResults(): Results {
  const summary = summarizeTrials({
    point: 0,
    policies: fixturePolicies,
    clusters: fixtureClusters.map(cluster => cluster.name),
    trials: fixtureTrials(),
    expectations: fixtureExpectations,
    random: true,
    steadyAfterS: null,
  })
  const clusters = fixtureClusters.map(({ name, pool, zone, nodes, cores }) => ({
    name,
    pool,
    zone,
    region: zone.slice(0, 2).toUpperCase(),
    nodes,
    cores: nodes * cores,
    memoryBytes: nodes * cores * 4 * 1024 * 1024 * 1024,
    gpus: pool === 'gaming' ? nodes : 0,
  }))
  return {
    apiVersion: 'fabricdt.io/results.v1alpha1',
    kind: 'Results',
    scenario: {
      name: 'zone-blackout',
      description:
        'One zone goes dark for fifteen minutes under steady load. Which policy keeps its deadlines, and for how much energy?',
      seed: 42,
      start: '2026-01-01T00:00:00Z',
      horizonS,
      warmupS: 300,
      scaling: 100,
      replications: 30,
      hash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
      source,
    },
    fabric: {
      clusters,
      nodes: clusters.reduce((sum, cluster) => sum + cluster.nodes, 0),
      cores: clusters.reduce((sum, cluster) => sum + cluster.cores, 0),
    },
    demand: [{ workload: 'camera', jobs: 14_406.2, coreHours: 48.0, scaledCoreHours: 0.48, peakCores: 74 }],
    factors: [],
    points: [{ index: 0, levels: {} }],
    policies: policyDetails.map(policy => ({ label: policy.name, ...policy })),
    failures: [{ label: 'zone eu-1', kind: 'blackout', atS: blackout.atS, endS: blackout.endS, nodes: 3 }],
    assumptions: [
      'Power is linear between idle and busy watts; a node that is down draws its failed watts.',
      'pool edge: Dell PowerEdge R210, SPECpower_ssj2008 result 2010-Q2.',
      'Latencies are one-way; latency.csv states round trips, which were halved.',
    ],
    errors: [],
    resultsHash: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
    run: {
      id: '20261124-211500-zone-blackout',
      command: 'fabricdt-run scenarios/zone-blackout.yaml --set spec.replications=30',
      startedAt: '2026-11-24T21:15:00.000Z',
      wallS: 4.21,
      threads: 2,
      node: 'v20.20.2',
      version: '0.1.0',
      platform: 'linux x64',
      trials: 90,
      reused: 0,
      jobs: 1_296_558,
      events: 3_906_172,
    },
    ...summary,
  }
}
