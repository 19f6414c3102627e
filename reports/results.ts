/**
 * The shape of `results.json` (apiVersion fabricdt.io/results.v1alpha1) and of everything that a page is made from.
 * All but `run` and `verification` is a pure function of scenario, files, seed and engine: `resultsHash` covers it.
 */
import type { Expectation } from '../runner/scenario/scenario.ts'
import type { Verification } from '../runner/verify/verification.ts'

export interface Results {
  apiVersion: 'fabricdt.io/results.v1alpha1'
  kind: 'Results'
  scenario: {
    name: string
    description: string
    seed: number
    start: string
    /** null: until the workload drained. */
    horizonS: number | null
    warmupS: number
    scaling: number
    replications: number
    /** sha256 of the resolved scenario with the hashes of its files. */
    hash: string
    /** The file as the user wrote it, with `--set` applied. */
    source: string
  }
  /** What was varied, in the order of the file; empty without a sweep. */
  factors: Factor[]
  /** Combinations of levels that were run, by index from 0; without a sweep one, with no levels. */
  points: Point[]
  /** Of the first point, as are `demand` and `failures`. */
  fabric: {
    clusters: {
      name: string
      pool: string
      zone: string
      region: string
      nodes: number
      cores: number
      memoryBytes: number
      gpus: number
    }[]
    nodes: number
    cores: number
  }
  /** Per workload, as declared and as scaled down for real clusters; means over replications. */
  demand: { workload: string; jobs: number; coreHours: number; scaledCoreHours: number; peakCores: number | null }[]
  /** What the closed form says of the first point, where the scenario asks for it. */
  heuristic?: Heuristic
  policies: { label: string; name: string; summary: string; options: Record<string, unknown> }[]
  metrics: MetricInfo[]
  rows: ResultRow[]
  comparisons: Comparison[]
  expectations: ExpectationResult[]
  /** Of the first twelve points. */
  series: PolicySeries[]
  /** Of the first twelve points. */
  distributions: PolicyDistribution[]
  /** `kind`: what goes dark (zone, cluster, pool, node), or link, partition, inflation, slow; `nodes`: how many nodes it hits. */
  failures: { label: string; kind: string; atS: number; endS: number | null; nodes: number }[]
  /** What fails at random, by label: `random nodes of pool edge`; when is drawn anew in every replication. */
  randomFailures?: string[]
  /** What fails upon a condition, with it, in words: `zone eu-1 for 5m, when utilisation(lab) > 0.9 for 2m`. */
  triggeredFailures?: string[]
  /** Sentences: models, sources, rounding, what was skipped. */
  assumptions: string[]
  /** What a reader must know before believing a figure: runs cut short, jobs skipped in a trace, unstable queues. */
  warnings: Warning[]
  /** Trials that errored; then figures of that policy rest on fewer replications. */
  errors: TrialError[]
  resultsHash: string
  /** What was observed on real clusters, against the prediction: outside the hash, as is `run`. */
  verification?: Verification
  run: RunInfo
}

/** Mean times of the closed form; null: the nodes cannot keep up. */
export interface Heuristic {
  workloads: {
    workload: string
    /** Of the nodes that it may use. */
    utilisation: number
    waitS: number | null
    /** Both out and back. */
    waysS: number
    startupS: number
    workS: number
    latencyS: number | null
  }[]
  /** Of all jobs. */
  latencyS: number | null
}

export interface Factor {
  /** Path within the scenario: `fabric.clusters.edge.nodes`. */
  path: string
  /** As the file writes them, in its order. */
  levels: string[]
}

export interface Point {
  index: number
  /** Level of each factor by path. */
  levels: Record<string, string>
}

export interface Warning {
  /** null: of the whole, or of every point alike. */
  point: number | null
  message: string
}

export interface TrialError {
  point: number
  policy: string
  replication: number
  code: string
  message: string
}

export interface RunInfo {
  id: string
  command: string
  /** ISO time of the start. */
  startedAt: string
  wallS: number
  threads: number
  node: string
  version: string
  platform: string
  trials: number
  /** Of these, found in the cache. */
  reused: number
  jobs: number
  events: number
}

export interface MetricInfo {
  name: string
  title: string
  description: string
  /** `s`, `J`, `1` (ratio), `jobs`, `core-s`, `g` (of CO2e), … */
  unit: string
  direction: 'lower' | 'higher' | 'none'
  /** Part of a whole, 0 … 1: shown as a percentage. */
  share: boolean
  /** Whether it also exists for each cluster. */
  perCluster: boolean
  /** Shown in the headline table of the report: those of which anything was measured. */
  headline: boolean
}

/** One tidy row: an estimate over replications with its 95 % interval. */
export interface ResultRow {
  point: number
  policy: string
  /** `fabric` or a cluster's name. */
  scope: string
  metric: string
  unit: string
  /** null: unbounded (falls among jobs that never ended) or nothing was measured. */
  estimate: number | null
  low: number | null
  high: number | null
  /** Replications. */
  n: number
  /** `t`, `none` (no randomness), `unbounded`, `empty`. */
  method: string
}

/** a − b on the same luck (paired by replication). */
export interface Comparison {
  point: number
  metric: string
  unit: string
  a: string
  b: string
  difference: number
  low: number
  high: number
  /** Two-sided p of the paired t test, and after Holm's correction over the pairs of this metric at this point. */
  p: number
  pHolm: number
  n: number
  significant: boolean
  /** Which one is better where the metric has a direction and the difference is significant. */
  better: string | null
}

export interface ExpectationResult extends Expectation {
  point: number
  /** The policy that this row is about. */
  subject: string
  status: 'pass' | 'fail' | 'inconclusive'
  actual: number | null
  low: number | null
  high: number | null
  /** How far the estimate is on the right side, in the metric's unit; negative: on the wrong one. */
  margin: number | null
  unit: string
  /** Why, where it is not plain (unbounded, no jobs, …). */
  note: string
}

export interface Band {
  mean: number[]
  /** 95 % interval of the mean over replications; equal to the mean where there is one replication. */
  low: number[]
  high: number[]
}

export interface PolicySeries {
  point: number
  policy: string
  /** Middle of each bin. */
  timeS: number[]
  binWidthS: number
  waiting: Band
  running: Band
  /** Fabric: busy cores / cores of nodes that are up, 0 … 1. */
  utilisation: Band
  watts: Band
  upNodes: Band
  /** Jobs a bin. */
  deadlineMisses: Band
  completed: Band
  /** Mean busy cores of each cluster over replications. */
  clusters: { cluster: string; busyCores: number[] }[]
}

export interface PolicyDistribution {
  point: number
  policy: string
  /** `latency`, `waitTime`, `boundedSlowdown`. */
  metric: string
  unit: string
  /** Probabilities and the mean over replications of the quantile there; null: unbounded. */
  p: number[]
  value: (number | null)[]
}
