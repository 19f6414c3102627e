/** Figures over time that others measured: with the time of who measured, and that at which the runner got them. */

/** Milliseconds since the epoch; columns of one length. */
export interface TelemetrySeries {
  /** `metrics-api`, `stats-summary` or `prometheus`. */
  readonly source: string
  /** Empty: of all of them. */
  readonly cluster: string
  readonly kind: 'node' | 'pod' | 'application'
  /** Of the node in the scenario, of the pod, or of the metric that is the application's. */
  readonly name: string
  readonly metric: string
  readonly unit: string
  readonly atMs: number[]
  readonly receiptMs: number[]
  readonly values: number[]
}

type Named = Pick<TelemetrySeries, 'source' | 'cluster' | 'kind' | 'name' | 'metric' | 'unit'>

/** More than this no run keeps: a node that is read four times a minute has 5,760 points a day. */
const mostPoints = 200_000

export class SeriesBook {
  private readonly byKey = new Map<string, TelemetrySeries>()
  private points = 0
  private readonly most: number
  /** Points for which there was no room any more. */
  dropped = 0

  constructor(most = mostPoints) {
    this.most = most
  }

  /** A figure that was told before, or is none, is passed over. */
  add(named: Named, point: { atMs: number; receiptMs: number; value: number }): void {
    if (!Number.isFinite(point.value) || !Number.isFinite(point.atMs)) return
    const key = [named.source, named.cluster, named.kind, named.name, named.metric].join('\n')
    const series = this.byKey.get(key) ?? { ...named, atMs: [], receiptMs: [], values: [] }
    if ((series.atMs.at(-1) ?? Number.NEGATIVE_INFINITY) >= point.atMs) return
    if (this.points >= this.most) {
      this.dropped++
      return
    }
    this.points++
    this.byKey.set(key, series)
    series.atMs.push(point.atMs)
    series.receiptMs.push(point.receiptMs)
    series.values.push(point.value)
  }

  /** In the order in which they were first heard of. */
  get series(): TelemetrySeries[] {
    return [...this.byKey.values()]
  }
}
