/**
 * A Scenario: the file after validation, with presets merged, defaults filled in and every quantity in the
 * engine's units. Plain JSON data (an absent bound is null): it is what is hashed, stored as
 * `scenario.resolved.json` and compiled to a Model. Field names follow the file; a unit suffix says the unit.
 */

import type { Compat } from '../../engine/index.ts'
import type { Comparator } from '../../engine/metrics.ts'

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
  /** Bytes a second from one cluster to another, in the same form; not limited where there is no entry. */
  bandwidth: Record<string, Record<string, number>>
  /** Run-time factors of other ways to run than native. */
  modes: { wasm: number; emulated: number }
  /** A published system whose way of running is followed. */
  compat: Compat | null
  workloads: ScenarioWorkload[]
  /** Those of which the file says something, by name. */
  tenants?: ScenarioTenant[]
  policies: ScenarioPolicy[]
  failures: ScenarioFailure[]
  randomFailures: ScenarioRandomFailure[]
  triggers: ScenarioTrigger[]
  /** With `replicationsUntil` the least. */
  replications: number
  /** Repeat in batches until a metric is precise; null: `replications` are all. */
  replicationsUntil: {
    /** Of the whole fabric. */
    metric: string
    /** Of its 95 % interval, as a part of its estimate. */
    halfWidth: number
    max: number
    batch: number
  } | null
  expect: Expectation[]
  /** How it is run on real clusters, where the file says so. */
  execute?: ScenarioExecute
  /** What was measured and stands in the place of what pools say, where the file names it. */
  calibration?: ScenarioCalibration
}

export interface ScenarioExecute {
  provider: string
  /** The part of the scenario's time that is executed; null: to the end. */
  fromS: number
  forS: number | null
  /** Part of the jobs and nodes, 0 … 1. */
  sample: number
  /** How many times faster the scenario's own time goes. */
  speedup: number
  /** Where the file says something of it. */
  prometheus?: ScenarioPrometheus
  tolerance: Tolerance
}

export interface ScenarioPrometheus {
  /** null: one that runs in the clusters. */
  url: string | null
  /** What it is asked about an application; null: nothing. */
  application: { latency: string; requests: string; errors: string; selector: string } | null
}

/** Parts of 1. `placement`: jobs that ran elsewhere or ended otherwise; `recovery`: detection and restart. */
export interface Tolerance {
  latency: number
  energy: number
  emissions: number
  cpu: number
  placement: number
  recovery: number
}

/** Of the file: figures are in the clusters and modes already. */
export interface ScenarioCalibration {
  /** Sentences: what was measured, on how much, and what it replaces. */
  sources: string[]
  /** Coefficients of variation of a single run time and start-up. */
  noise: { runTime: number; startUp: number }
  /** Seconds of the start-up that are seen as part of the run, by pool and by cluster, which has the last word. */
  lateS?: { pools: Record<string, number>; clusters: Record<string, number> }
}

export interface ScenarioCluster {
  name: string
  pool: string
  zone: string
  region: string
  nodes: number
  /** Nodes are called `<nodePrefix>-01` and so on. */
  nodePrefix: string
  /** What a node has. */
  cpuMilli: number
  /** Millicores that may be requested of a node are `cpuMilli` times this, rounded down. */
  overcommit: number
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
  /** What its nodes can run: `native`, `wasm`, `emulated`. */
  formats: string[]
  /** `tableW`: watts at equally spaced loads from idle to full, of tabular models; else empty. */
  power: { model: string; offW: number; failedW: number; idleW: number; busyW: number; tableW: number[] }
  /** Steps of carbon intensity, the first at or before 0; null where it is not known. */
  carbon: { source: string; atS: number[]; gramsPerKwh: number[] } | null
  /** Of its nodes, beyond those that they have anyway, and taints as `key=value:Effect`; absent: none. */
  labels?: Readonly<Record<string, string>>
  taints?: readonly string[]
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
  arrivals: PoissonArrivals | RenewalArrivals | DiurnalArrivals | TraceArrivals
  deadlineS: number | null
  /** What becomes of a job whose deadline has passed. */
  onMiss: 'count' | 'cancel'
  /** Higher goes first. */
  priority: number
  /** Whose it is; absent: its own. */
  tenant?: string
  retries: number
  stages: ScenarioStage[]
}

export interface ScenarioTenant {
  name: string
  weight: number
  /** null: no limit. */
  quota: { cpuMilli: number | null; memoryBytes: number | null; gpu: number | null }
}

export interface PoissonArrivals {
  process: 'poisson'
  ratePerS: number
  fromS: number
  untilS: number | null
  maxJobs: number | null
}

/** One job after another, times between them drawn; `deterministic` is a constant interval. */
export interface RenewalArrivals {
  process: 'renewal'
  interval: Distribution
  fromS: number
  untilS: number | null
  maxJobs: number | null
}

/** rate · (1 + amplitude · cos(2π (t − peak) / period)). */
export interface DiurnalArrivals {
  process: 'diurnal'
  ratePerS: number
  amplitude: number
  periodS: number
  peakS: number
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
  /** Only jobs submitted from `fromS` to before `untilS`, then of these every `every`th, times counted from `fromS` and divided by `speedup`. */
  part?: { fromS: number; untilS: number | null; every: number; speedup: number }
}

export interface ScenarioStage {
  id: string
  /** Ids of the stages that must complete first; no cycles. */
  after: string[]
  tasks: number
  /** Per task. Of a trace: what each task asks where the trace does not say. */
  cpuMilli: number
  /** Per task, while it runs; null: what it requests. */
  useMilli: number | null
  memoryBytes: number
  /** Whole devices, or below 1 a part of one in thousandths. */
  gpu: number
  /** Architectures that will do; empty: any. */
  arch: string[]
  /** Seconds at speed 1; null where a trace says it. */
  duration: Distribution | null
  /** What policies see; null: the mean of the distribution, or what the trace says. */
  estimateS: number | null
  failureProbability: number
  /** How it is built: `native`, `wasm` or both. */
  formats: string[]
  /** What each attempt needs before it begins (0: of a stage with predecessors, what these put out), and puts out. */
  inputBytes: number
  outputBytes: number
  checkpoint: { everyS: number; costS: number; store: 'node' | 'cluster' | 'remote' } | null
  /** Values that will do, by label of a node; absent: any node. */
  nodeSelector?: Readonly<Record<string, readonly string[]>>
  /** Taints that it puts up with: see `admission.ts`. */
  tolerations?: readonly string[]
  nodeAffinity?: ScenarioNodeAffinity
  /** What the selectors of others go by, besides its workload and id: see `neighbours.ts`. */
  labels?: Readonly<Record<string, string>>
  podAffinity?: ScenarioPodAffinity
  podAntiAffinity?: ScenarioPodAffinity
  topologySpread?: readonly ScenarioSpread[]
}

/** One condition on a label, as Kubernetes' selectors have it. */
export interface ScenarioExpression {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt'
  readonly values: readonly string[]
}

export interface ScenarioNodeAffinity {
  /** Of these lists of conditions one must hold; empty: nothing is asked. */
  readonly required: readonly (readonly ScenarioExpression[])[]
  readonly preferred: readonly { readonly weight: number; readonly conditions: readonly ScenarioExpression[] }[]
}

/** Stages that are meant, and the label by whose values nodes are domains. */
export interface ScenarioPodTerm {
  readonly selector: readonly ScenarioExpression[]
  readonly topologyKey: string
}

export interface ScenarioPodAffinity {
  readonly required: readonly ScenarioPodTerm[]
  readonly preferred: readonly (ScenarioPodTerm & { readonly weight: number })[]
}

export interface ScenarioSpread extends ScenarioPodTerm {
  readonly maxSkew: number
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'
  readonly nodeTaintsPolicy: 'Honor' | 'Ignore'
}

export interface ScenarioPolicy {
  /** Unique within the scenario; the name unless the file says otherwise. */
  label: string
  name: string
  options: Record<string, unknown>
}

export interface ScenarioTarget {
  kind: 'node' | 'pool' | 'cluster' | 'zone'
  name: string
}

/** Names of clusters from and to which something goes, each pair once, in order. */
export type ScenarioPairs = [from: string, to: string][]

/** What a failure does while it lasts, by the name of its field in the file. */
export type ScenarioEffect =
  | { kind: 'blackout'; target: ScenarioTarget }
  | { kind: 'link'; pairs: ScenarioPairs }
  | { kind: 'partition'; pairs: ScenarioPairs }
  /** Latency · factor + addS. */
  | { kind: 'inflation'; pairs: ScenarioPairs; factor: number; addS: number }
  /** `factor`: what is left of the speed. */
  | { kind: 'slow'; target: ScenarioTarget; factor: number }

export interface ScenarioFailure {
  /** What a person calls it, e.g. `zone eu-1`. */
  label: string
  atS: number
  /** null: for good. */
  forS: number | null
  effect: ScenarioEffect
}

/** Who fails where nobody is named. */
export interface ScenarioMembers {
  /** What fails as one. */
  of: 'nodes' | 'clusters' | 'zones' | 'links'
  /** Only what lies in this; null: everything. */
  within: { kind: 'pool' | 'cluster' | 'zone'; name: string } | null
  /** Members with less resiliency fail more often, with the same mean over all. */
  weightedBy: 'resiliency' | null
  /** What is left of their speed; null: they go dark, links are cut. */
  slow: number | null
}

/** Members fail at random, each by itself: up for a time, down for a time, and so on. */
export interface ScenarioRandomFailure extends ScenarioMembers {
  label: string
  up: Distribution
  down: Distribution
}

/** A failure that comes when something observed has crossed a bound for a while. */
export interface ScenarioTrigger {
  /** What fails, as a person calls it. */
  label: string
  when: ScenarioCondition
  /** null: for good. */
  forS: number | null
  /** So long after its end the condition is looked at again; null: never. */
  rearmS: number | null
  /** What it does; null: `members` are drawn. */
  effect: ScenarioEffect | null
  /** `count`: so many of them, or all where there are fewer. */
  members: (ScenarioMembers & { count: number }) | null
}

export interface ScenarioCondition {
  /** Canonical, e.g. `utilisation(lab) > 0.9 for 2m`. */
  text: string
  metric: string
  /** Cluster name; null for the whole fabric. */
  of: string | null
  op: Comparator
  /** In the metric's unit. */
  value: number
  /** How long it must hold. */
  holdS: number
}

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
