/**
 * What one run says, boiled down in the thread that ran it, so that messages stay small: every metric, quantile
 * curves and a coarse series. Plain data; about 40 kB.
 */
import { metrics } from '../engine/metrics.ts'
import type { Model } from '../engine/model.ts'
import type { JobTally, RunResult, Series } from '../engine/result.ts'
import { boundedQuantile } from '../engine/statistics/descriptive.ts'
import { binsOver, coarserWidth, rebinCounts, rebinMeans } from './rebin.ts'

/** Samples that have a curve in the report. */
export const distributionMetrics = ['latency', 'waitTime', 'boundedSlowdown'] as const
export type DistributionMetric = (typeof distributionMetrics)[number]

export interface TrialSummary {
  endS: number
  total: JobTally
  measured: JobTally
  /** Value of every metric by name. NaN: nothing to measure; Infinity: unbounded. */
  fabric: Record<string, number>
  /** Of the metrics that exist for each cluster: values in the order of the model's clusters. */
  clusters: Record<string, number[]>
  /** Values at `curveProbabilities`; Infinity where a job that never completed stands, NaN of nothing. */
  quantiles: Record<DistributionMetric, Float64Array>
  series: TrialSeries
  events: number
  decisionPasses: number
  visits: number
}

/** As `Series` of the engine, with the clusters added up where nobody looks at them one by one. */
export interface TrialSeries {
  widthS: number
  bins: number
  waiting: Float64Array
  running: Float64Array
  completed: Float64Array
  deadlineMisses: Float64Array
  watts: Float64Array
  upNodes: Float64Array
  /** Cores of the nodes that are up. */
  upCores: Float64Array
  /** Index bin * clusters + cluster. */
  busyCores: Float64Array
}

const mostBins = 240

/** 0 to 0.9 by halves of a hundredth, to 0.99 by quarters, and on to 0.999 by twentieths: the tail is what matters. */
export const curveProbabilities: readonly number[] = [
  ...ticks(0, 9000, 50),
  ...ticks(9025, 9900, 25),
  ...ticks(9905, 9990, 5),
]

function ticks(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, i) => (from + i * step) / 10_000)
}

/** Boils one run of the model down. */
export function summarizeTrial(model: Model, run: RunResult): TrialSummary {
  const perCluster = metrics.filter(metric => metric.perCluster)
  const indices = Array.from({ length: model.clusters.count }, (_, cluster) => cluster)
  return {
    endS: run.endS,
    total: { ...run.total },
    measured: { ...run.measured },
    fabric: Object.fromEntries(metrics.map(metric => [metric.name, metric.of(run, -1)])),
    clusters: Object.fromEntries(
      perCluster.map(metric => [metric.name, indices.map(cluster => metric.of(run, cluster))]),
    ),
    quantiles: {
      latency: curve(run, 'latency'),
      waitTime: curve(run, 'waitTime'),
      boundedSlowdown: curve(run, 'boundedSlowdown'),
    },
    series: coarsen(model, run.series, run.endS),
    events: run.events,
    decisionPasses: run.decisionPasses,
    visits: run.visits,
  }
}

function curve(run: RunResult, name: DistributionMetric): Float64Array {
  const { failed, rejected, cancelled, unfinished } = run.measured
  const beyond = failed + rejected + cancelled + unfinished
  return Float64Array.from(curveProbabilities, p => boundedQuantile(run.samples[name], p, beyond))
}

function coarsen(model: Model, series: Series, endS: number): TrialSeries {
  const clusters = model.clusters.count
  const from = { widthS: series.widthS, count: series.bins, endS }
  const to = binsOver(endS, coarserWidth(endS, series.widthS, mostBins))
  const upNodes = rebinMeans(series.upNodes, from, to, clusters)
  return {
    widthS: to.widthS,
    bins: to.count,
    waiting: rebinMeans(series.waiting, from, to),
    running: rebinMeans(series.running, from, to),
    completed: rebinCounts(series.completed, from, to),
    deadlineMisses: rebinCounts(series.deadlineMisses, from, to),
    watts: addClusters(rebinMeans(series.watts, from, to, clusters), clusters),
    upNodes: addClusters(upNodes, clusters),
    upCores: addClusters(upNodes, clusters, meanCores(model)),
    busyCores: rebinMeans(series.busyCores, from, to, clusters),
  }
}

/** Sums over the clusters of each bin, each cluster counted `weights` times. */
function addClusters(column: Float64Array, clusters: number, weights?: readonly number[]): Float64Array {
  const out = new Float64Array(column.length / clusters)
  for (let i = 0; i < column.length; i++) out[Math.floor(i / clusters)] += column[i] * (weights?.[i % clusters] ?? 1)
  return out
}

/** Cores of the mean node of each cluster: exact where its nodes are alike. */
function meanCores(model: Model): number[] {
  const { count, nodeStart } = model.clusters
  const milli = new Array<number>(count).fill(0)
  for (let node = 0; node < nodeStart[count]; node++) {
    milli[model.nodeCluster[node]] += model.groups.cpuMilli[model.nodeGroup[node]]
  }
  return milli.map((sum, cluster) => sum / 1000 / Math.max(1, nodeStart[cluster + 1] - nodeStart[cluster]))
}
