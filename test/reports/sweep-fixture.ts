/** Results of sweeps: the blackout's trials, with the figures that a change of nodes and of load would give. */
import { Random, streams } from '../../engine/random.ts'
import type { Factor, Point, Results } from '../../reports/results.ts'
import { joinPoints } from '../../reports/summary.ts'
import { fixtureExpectations, fixtureResults, fixtureTrials } from './fixture.ts'
import { fixtureClusters, fixturePolicies } from './fixture-runs.ts'
import { summarizeTrials, type Trial } from './summarize-trials.ts'

export const rate: Factor = {
  path: 'spec.workloads.camera.arrivals.rate',
  levels: ['2/s', '4/s', '6/s', '8/s', '10/s', '12/s'],
}
export const nodes: Factor = { path: 'spec.fabric.clusters.edge-microdc.nodes', levels: ['2', '4', '6', '8', '12'] }
export const power: Factor = { path: 'spec.fabric.pools.edge.power.model', levels: ['linear', 'square'] }
export const arch: Factor = { path: 'spec.fabric.pools.edge.preset', levels: ['raspberry-pi-5', 'xeon-d', 'epyc-9124'] }

/** All combinations of levels, the last factor fastest. */
export function pointsOf(factors: readonly Factor[]): Point[] {
  const levels = factors.reduce<Record<string, string>[]>(
    (all, { path, levels: own }) => all.flatMap(one => own.map(level => ({ ...one, [path]: level }))),
    [{}],
  )
  return levels.map((one, index) => ({ index, levels: one }))
}

/** Results over all combinations of the factors. */
export function sweepResults(factors: readonly Factor[], policies: readonly string[] = fixturePolicies): Results {
  const points = pointsOf(factors)
  const parts = points.map(point =>
    summarizeTrials({
      point: point.index,
      policies,
      clusters: fixtureClusters.map(cluster => cluster.name),
      trials: policies.flatMap((policy, p) =>
        Array.from({ length: 6 }, (_, replication) => trialAt(point, policy, p % 3, replication)),
      ),
      expectations: fixtureExpectations,
      random: true,
      steadyAfterS: null,
    }),
  )
  const base = fixtureResults()
  return {
    ...base,
    scenario: { ...base.scenario, replications: 6 },
    factors: [...factors],
    points,
    policies: policies.map((label, i) => ({ ...base.policies[i % 3], label })),
    ...joinPoints(parts),
  }
}

/** A trial as the levels would have it: the load decides, and who wastes or spares capacity. */
function trialAt(point: Point, policy: string, p: number, replication: number): Trial {
  const { summary } = fixtureTrials().find(
    trial => trial.policy === fixturePolicies[p] && trial.replication === replication,
  ) as Trial
  const level = (factor: Factor, otherwise: number) => Number.parseFloat(point.levels[factor.path] ?? String(otherwise))
  const factor = point.levels[arch.path] === undefined ? 1 : [1.6, 1, 0.7][arch.levels.indexOf(point.levels[arch.path])]
  const watts = point.levels[power.path] === 'square' ? 0.8 : 1
  const load = (factor * level(rate, 4) * 7.5) / (40 + 12 * level(nodes, 4))
  const random = new Random(7, replication)
  random.select(streams.policy, point.index, p, 0)
  const luck = 1 + 0.06 * (random.uniform() - 0.5)
  const need = load * [1, 0.95, 1.25][p] * luck
  const misses = Math.min(1, [0.09, 0.06, 0.004][p] * luck + Math.max(0, need - 0.7) * 0.9)
  const energy = (2.2e6 + 1.6e6 * Math.min(1, need)) * watts * (1 + level(nodes, 4) / 20)
  const latency = 8 * luck + 30 * Math.max(0, need - 0.65) * Math.max(0, need - 0.65) * 10
  return {
    policy,
    replication,
    summary: {
      ...summary,
      fabric: {
        ...summary.fabric,
        deadlineMisses: misses,
        energy,
        emissions: (energy / 3.6e6) * 320,
        utilisation: Math.min(1, need),
        'latency.p95': need > 1.7 ? Number.POSITIVE_INFINITY : latency,
        lostAttempts: p === 2 ? 2 * summary.fabric.lostAttempts : summary.fabric.lostAttempts,
      },
    },
  }
}
