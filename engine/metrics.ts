/** The one registry of metrics: what a run can be asked. A new metric is one entry here. */

import type { ClusterTally, JobTally, RunResult, Samples } from './result.ts'
import type { Run } from './run.ts'
import { cvar } from './statistics/cvar.ts'
import { boundedQuantile, mean } from './statistics/descriptive.ts'

export interface Metric {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly unit: 's' | 'J' | '1' | 'jobs' | 'core-s' | 'cores' | 'jobs/s' | 'attempts' | 'W' | 'g' | 'g/kWh'
  readonly direction: 'lower' | 'higher' | 'none'
  /** Shown in the report's first table. */
  readonly headline?: true
  /** Part of a whole, 0 … 1: shown as a percentage, its interval kept within. */
  readonly share?: true
  /**
   * Value of one run, for one cluster or for all (cluster = −1; `perCluster` metrics only take others).
   * NaN: nothing to measure. Infinity: a quantile that falls among jobs that never ended.
   */
  readonly of: (run: RunResult, cluster: number) => number
  readonly perCluster?: true
  /** Value at this instant of a run, for one cluster (where `perCluster`) or all (−1): what a trigger can be about. */
  readonly observe?: (run: Run, cluster: number) => number
}

/** How a condition compares what is with its bound. */
export const compare = {
  '<': (actual: number, bound: number): boolean => actual < bound,
  '<=': (actual: number, bound: number): boolean => actual <= bound,
  '>': (actual: number, bound: number): boolean => actual > bound,
  '>=': (actual: number, bound: number): boolean => actual >= bound,
} as const
export type Comparator = keyof typeof compare

/** In the order of the columns that hold them. */
export const comparators = Object.keys(compare) as readonly Comparator[]

const sampled: readonly [keyof Samples, string, string, 's' | '1'][] = [
  ['latency', 'latency', 'From submission at the origin to the output being back there', 's'],
  ['waitTime', 'wait time', 'From submission to the begin of the attempt that completed (SWF)', 's'],
  ['responseTime', 'response time', 'Wait time plus run time (SWF)', 's'],
  ['boundedSlowdown', 'bounded slowdown', 'max(1, response time / max(run time, 10 s)) (Feitelson)', '1'],
]

/** Jobs that count as later than every completed one in a quantile: they ended otherwise or not at all. */
const neverCompleted = (jobs: JobTally) => jobs.failed + jobs.rejected + jobs.cancelled + jobs.unfinished

const quantiles = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const

const sampleMetrics: Metric[] = sampled.flatMap(([key, title, description, unit]): Metric[] => [
  {
    name: `${key}.mean`,
    title: `Mean ${title}`,
    description: `${description}; mean over the completed jobs.`,
    unit,
    direction: 'lower',
    of: run => mean(run.samples[key]),
  },
  ...quantiles.map(
    ([suffix, p]): Metric => ({
      name: `${key}.${suffix}`,
      title: `${title[0].toUpperCase()}${title.slice(1)} ${suffix}`,
      description: `${description}; the element at floor(${p} · (n − 1)) of the sorted values, jobs that never completed counted as latest.`,
      unit,
      direction: 'lower',
      ...(key === 'latency' && suffix === 'p95' ? { headline: true as const } : {}),
      of: run => boundedQuantile(run.samples[key], p, neverCompleted(run.measured)),
    }),
  ),
  {
    name: `${key}.max`,
    title: `Longest ${title}`,
    description: `${description}; maximum over the completed jobs.`,
    unit,
    direction: 'lower',
    of: run => run.samples[key].at(-1) ?? Number.NaN,
  },
])

const count = (name: keyof JobTally, title: string, direction: Metric['direction'], description: string): Metric => ({
  name: `jobs.${name}`,
  title,
  description,
  unit: 'jobs',
  direction,
  of: run => run.measured[name],
})

const sum = (column: Float64Array, cluster: number): number =>
  cluster >= 0 ? column[cluster] : column.reduce((total, value) => total + value, 0)

/** Sum over the clusters of which something is known; NaN where nothing is. */
const knownSum = (column: Float64Array, cluster: number): number => {
  const known = cluster >= 0 ? [column[cluster]] : [...column].filter(value => !Number.isNaN(value))
  return known.length === 0 ? Number.NaN : known.reduce((total, value) => total + value, 0)
}

/** Grams for each kilowatt-hour of the clusters of which an intensity is known; NaN where there is none, or no energy. */
function meanIntensity({ energyJ, emissionsG }: ClusterTally, cluster: number): number {
  const known = energyJ.map((joules, c) => (Number.isNaN(emissionsG[c]) ? Number.NaN : joules))
  const joules = knownSum(known, cluster)
  return joules > 0 ? (knownSum(emissionsG, cluster) / joules) * 3.6e6 : Number.NaN
}

export const metrics: readonly Metric[] = [
  ...sampleMetrics,
  {
    name: 'latency.cvar95',
    title: 'Latency CVaR 0.95',
    description:
      'From submission at the origin to the output being back there; mean over the slowest 5 % of jobs (conditional value at risk), unbounded if one of them never completed.',
    unit: 's',
    direction: 'lower',
    of: run => cvar(run.samples.latency, 0.95, neverCompleted(run.measured)),
  },
  {
    name: 'deadlineMisses',
    title: 'Deadline misses',
    description:
      'Share of the jobs with a deadline that were late, failed, rejected or cancelled, or unfinished with the deadline past.',
    unit: '1',
    share: true,
    direction: 'lower',
    headline: true,
    of: run => (run.measured.deadlines === 0 ? Number.NaN : run.measured.deadlineMisses / run.measured.deadlines),
  },
  {
    name: 'energy',
    title: 'Energy',
    description: 'Joules drawn by the facility (PUE included) from warm-up to the end: the integral of power.',
    unit: 'J',
    direction: 'lower',
    headline: true,
    perCluster: true,
    of: (run, cluster) => sum(run.clusters.energyJ, cluster),
  },
  {
    name: 'energy.idle',
    title: 'Idle energy',
    description: 'Part of the energy that nodes draw for being up, used or not.',
    unit: 'J',
    direction: 'lower',
    perCluster: true,
    of: (run, cluster) => sum(run.clusters.idleEnergyJ, cluster),
  },
  {
    name: 'energy.perJob',
    title: 'Energy per job',
    description: 'Energy divided by the measured jobs that completed.',
    unit: 'J',
    direction: 'lower',
    of: run => (run.measured.completed === 0 ? Number.NaN : sum(run.clusters.energyJ, -1) / run.measured.completed),
  },
  {
    name: 'emissions',
    title: 'Emissions',
    description:
      'Grams of CO2e from warm-up to the end: the integral of facility power times carbon intensity, over the clusters whose intensity is known.',
    unit: 'g',
    direction: 'lower',
    headline: true,
    perCluster: true,
    of: (run, cluster) => knownSum(run.clusters.emissionsG, cluster),
  },
  {
    name: 'emissions.intensity',
    title: 'Average intensity',
    description:
      'Emissions divided by the energy that caused them: the carbon intensity at which energy was drawn, over the clusters whose intensity is known.',
    unit: 'g/kWh',
    direction: 'lower',
    perCluster: true,
    of: ({ clusters }, cluster) => meanIntensity(clusters, cluster),
  },
  {
    name: 'cost',
    title: 'Cost of energy',
    description:
      'From warm-up to the end, in the money of the prices: the integral of facility power times price, over the clusters whose price is known.',
    unit: '1',
    direction: 'lower',
    perCluster: true,
    of: (run, cluster) => knownSum(run.clusters.cost, cluster),
  },
  {
    name: 'utilisation',
    title: 'Utilisation',
    description: 'Cores in use divided by cores of nodes that are up, both integrated from warm-up to the end.',
    unit: '1',
    share: true,
    direction: 'none',
    headline: true,
    perCluster: true,
    of: (run, cluster) => sum(run.clusters.busyCoreS, cluster) / sum(run.clusters.upCoreS, cluster),
    observe: ({ energy }, cluster) => {
      const { useMilli, upMilli } = energy.levels(cluster)
      return useMilli / upMilli
    },
  },
  {
    name: 'fragmentation',
    title: 'Fragmentation',
    description:
      'Share of the cores of nodes that are up that were not in use while any stage waited to be placed, over the whole run: free, but of no use to what waited. What is put off on purpose does not wait.',
    unit: '1',
    share: true,
    direction: 'lower',
    of: run => (run.contendedCoreS > 0 ? Math.max(0, run.strandedCoreS) / run.contendedCoreS : Number.NaN),
  },
  {
    name: 'availability',
    title: 'Availability',
    description:
      'Share of the core-seconds from warm-up to the end during which the node had not failed; one that is switched off has not.',
    unit: '1',
    share: true,
    direction: 'higher',
    perCluster: true,
    of: ({ clusters }, cluster) =>
      (sum(clusters.upCoreS, cluster) + sum(clusters.switchedCoreS, cluster)) / sum(clusters.capacityCoreS, cluster),
    observe: ({ energy }, cluster) => {
      const { upMilli, switchedMilli, allMilli } = energy.levels(cluster)
      return (upMilli + switchedMilli) / allMilli
    },
  },
  {
    name: 'placements',
    title: 'Placements',
    description: 'Attempts placed over the whole run, shadows included.',
    unit: 'attempts',
    direction: 'none',
    perCluster: true,
    of: (run, cluster) => sum(run.clusters.placements, cluster),
  },
  count('submitted', 'Jobs submitted', 'none', 'Jobs submitted from warm-up on.'),
  count('completed', 'Jobs completed', 'higher', 'Of these, completed.'),
  count('failed', 'Jobs failed', 'lower', 'Of these, failed with their retries used up.'),
  count('rejected', 'Jobs rejected', 'lower', 'Of these, rejected by the policy.'),
  count('cancelled', 'Jobs cancelled', 'lower', 'Of these, cancelled.'),
  count('unfinished', 'Jobs unfinished', 'lower', 'Of these, still in the system at the horizon.'),
  {
    name: 'queueLength',
    title: 'Queue length',
    description: 'Mean number of stages waiting for a placement over the whole run.',
    unit: 'jobs',
    direction: 'lower',
    of: run => run.waitingJobS / run.endS,
    observe: run => run.waiting.count + (run.quotas?.heldCount ?? 0),
  },
  {
    name: 'jobsInSystem',
    title: 'Jobs in system',
    description: 'Mean number of jobs submitted and not ended over the whole run.',
    unit: 'jobs',
    direction: 'none',
    of: run => run.systemJobS / run.endS,
    observe: run => run.alive,
  },
  {
    name: 'throughput',
    title: 'Throughput',
    description: 'Jobs completed over the whole run, divided by its length.',
    unit: 'jobs/s',
    direction: 'higher',
    of: run => run.total.completed / run.endS,
  },
  {
    name: 'makespan',
    title: 'Makespan',
    description: 'When the last job left, or the horizon.',
    unit: 's',
    direction: 'none',
    of: run => run.endS,
  },
  {
    name: 'lostAttempts',
    title: 'Attempts lost',
    description: 'Attempts killed by failures of the infrastructure over the whole run.',
    unit: 'attempts',
    direction: 'lower',
    headline: true,
    of: run => run.lostAttempts,
    observe: run => run.collector.lostAttempts,
  },
  {
    name: 'wastedWork',
    title: 'Wasted work',
    description: 'Core-seconds burnt by attempts that were lost, faulty or superseded by another.',
    unit: 'core-s',
    direction: 'lower',
    of: run => run.wastedCoreS,
  },
]

export const findMetric = (name: string): Metric | undefined => metrics.find(metric => metric.name === name)
