import { metrics } from '../../engine/metrics.ts'
import type { Expectation } from '../../runner/scenario/scenario.ts'
import type { MetricInfo, ResultRow } from '../results.ts'

/** What is known of a point before any trial of it has run. */
export interface SummaryInput {
  /** Index of the sweep point; 0 without a sweep. */
  readonly point: number
  /** Labels, in the order in which they are shown. */
  readonly policies: readonly string[]
  /** Names, in the order of the model. */
  readonly clusters: readonly string[]
  readonly expectations: readonly Expectation[]
  /** Whether anything in the scenario is drawn: without, one run says all and there are no intervals. */
  readonly random: boolean
  /** Declared warm-up, seconds, where the run is meant to be steady after it; null where it is not. */
  readonly steadyAfterS: number | null
}

/** The registry as data; a headline that nothing was measured of is none. */
export function metricInfos(rows: readonly ResultRow[]): MetricInfo[] {
  const measured = new Set(rows.filter(row => row.method !== 'empty').map(row => row.metric))
  return metrics.map(metric => ({
    name: metric.name,
    title: metric.title,
    description: metric.description,
    unit: metric.unit,
    direction: metric.direction,
    share: metric.share ?? false,
    perCluster: metric.perCluster ?? false,
    headline: (metric.headline ?? false) && measured.has(metric.name),
  }))
}
