/**
 * A Scenario: the file after validation, with presets merged, defaults filled in and every quantity in the
 * engine's units. Plain JSON data (an absent bound is null): it is what is hashed, stored as
 * `scenario.resolved.json` and compiled to a Model. Field names follow the file; a unit suffix says the unit.
 */

export interface Scenario {
  name: string
  description: string
  /** 32 bits, unsigned. */
  seed: number
  /** ISO time that second 0 stands for. */
  start: string
  /** null: until the workload drains. */
  horizonS: number | null
  warmupS: number
  /** 100 for 1:100: real resources per declared unit = 1 / scaling. */
  scaling: number
  clusters: ScenarioCluster[]
  /** Where the figures of each pool in use come from: sentences for the report's assumptions. */
  poolSources?: Record<string, string>
  /** One-way seconds between clusters by name: latencyS[from][to]; 0 within a cluster unless declared. */
  latencyS: Record<string, Record<string, number>>
  workloads: ScenarioWorkload[]
  policies: ScenarioPolicy[]
  failures: ScenarioFailure[]
  replications: number
  expect: Expectation[]
}

export interface ScenarioCluster {
  name: string
  pool: string
  zone: string
  region: string
  nodes: number
  /** Nodes are called `<nodePrefix>-01` and so on. */
  nodePrefix: string
  cpuMilli: number
  memoryBytes: number
  /** Whole devices. */
  gpu: number
  arch: string
  speed: number
  startupS: number
  detectionS: number
  pue: number
  /** 0 … 1; 1 never fails. Weighs random failures. */
  resiliency: number
  power: { model: string; offW: number; failedW: number; idleW: number; busyW: number }
}

export interface Distribution {
  /** Name in `engine/distributions.ts`. */
  kind: string
  /** Parameters by name; times in seconds. */
  parameters: Record<string, number>
}

export interface ScenarioWorkload {
  name: string
  /** Weights by cluster name, normalised to a sum of 1, in order of cluster name. */
  origin: Record<string, number>
  /** Node of the origin cluster, for the record. */
  originNode: string | null
  arrivals: PoissonArrivals | TraceArrivals
  deadlineS: number | null
  retries: number
  stages: ScenarioStage[]
}

export interface PoissonArrivals {
  process: 'poisson'
  ratePerS: number
  fromS: number
  untilS: number | null
  maxJobs: number | null
}

export interface TraceArrivals {
  process: 'trace'
  /** Name in `runner/formats`. */
  format: string
  /** Absolute path. */
  file: string
  options: Record<string, unknown>
}

export interface ScenarioStage {
  id: string
  tasks: number
  /** Per task. Of a trace: what each task asks where the trace does not say. */
  cpuMilli: number
  memoryBytes: number
  gpu: number
  /** Architectures that will do; empty: any. */
  arch: string[]
  /** Seconds at speed 1; null where a trace says it. */
  duration: Distribution | null
  /** What policies see; null: the mean of the distribution, or what the trace says. */
  estimateS: number | null
  failureProbability: number
}

export interface ScenarioPolicy {
  /** Unique within the scenario; the name unless the file says otherwise. */
  label: string
  name: string
  options: Record<string, unknown>
}

export interface ScenarioFailure {
  /** What a person calls it, e.g. `zone eu-1`. */
  label: string
  atS: number
  /** null: for good. */
  forS: number | null
  target: { kind: 'node' | 'pool' | 'cluster' | 'zone'; name: string }
}

export type Comparator = '<' | '<=' | '>' | '>='

export interface Expectation {
  /** As the user wrote it, or its canonical form. */
  text: string
  metric: string
  /** Cluster name for metrics of clusters, null for the whole fabric. */
  of: string | null
  op: Comparator
  /** In the metric's unit. */
  value: number
  /** Label of the policy; null: every policy. */
  policy: string | null
  severity: 'fail' | 'warn'
  /** Where it stands in the file, for annotations. */
  at: { file: string; line: number; column: number }
}
