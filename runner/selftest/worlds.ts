/** Parts that the worlds of the selftest have in common. */
import type { Cluster, Job, Pool, Workload } from '../../schemas/scenario.generated.ts'
import type { World } from './simulated.ts'

/** A node of one core, 100 to 300 watts, which nothing else slows down. */
const plainNode: Pool = {
  cpu: 1,
  memory: '1Gi',
  speed: 1,
  startup: '0s',
  detection: '0s',
  pue: 1,
  power: { idle: '100W', busy: '300W' },
}

export interface QueueSpec {
  /** Jobs a second. */
  rate: number
  /** Run time, as in a scenario. */
  duration: NonNullable<Job['stages'][0]['duration']>
  /** Jobs a run, after which it ends with its last job; or its length. */
  maxJobs?: number
  horizon?: string
  /** Long enough for the queue to have forgotten that it began empty. */
  warmup: string
  nodes?: number
  /** What the one cluster has that the plain node does not. */
  node?: Partial<Cluster>
  /** What the one stage has besides its duration. */
  stage?: Partial<Job['stages'][0]>
}

/** One cluster `c` of plain nodes with work for nobody else. */
export const plainCluster = (nodes = 1, node: Partial<Cluster> = {}): World['fabric'] => ({
  pools: { plain: plainNode },
  clusters: [{ name: 'c', pool: 'plain', nodes, ...node }],
})

/** Poisson arrivals at a cluster `c`. */
export const poisson = (
  name: string,
  rate: number,
  job: Job,
  arrivals: Partial<NonNullable<Workload['arrivals']>> = {},
): Workload => ({
  name,
  origin: { cluster: 'c' },
  arrivals: { process: 'poisson', rate: `${rate}/s`, ...arrivals },
  job,
})

/** A single queue: Poisson arrivals, one stage, alike nodes. */
export const queue = ({ rate, duration, maxJobs, horizon, warmup, nodes, node, stage }: QueueSpec): World => ({
  warmup,
  ...(horizon === undefined ? {} : { horizon }),
  fabric: plainCluster(nodes, node),
  workloads: [poisson('w', rate, { stages: [{ duration, ...stage }] }, maxJobs === undefined ? {} : { maxJobs })],
})

/** Work of a mean of one second. */
export const work = {
  constant: '1s',
  exponential: { exponential: { mean: '1s' } },
  erlang4: { gamma: { mean: '1s', cv: 0.5 } },
  hyperexponential: { hyperexponential: { mean: '1s', cv: 2 } },
} as const satisfies Record<string, QueueSpec['duration']>
