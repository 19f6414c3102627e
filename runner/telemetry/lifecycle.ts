/** What became of every pod and node, with the cluster's times and those of receipt, and what the measurement is worth. */

export interface PodTimes {
  readonly cluster: string
  readonly job: string
  readonly uid: string
  phase: string
  /** Milliseconds since the epoch by the cluster's clock, in whole seconds; null: it did not say. */
  boundMs: number | null
  beganMs: number | null
  endedMs: number | null
  /** Core-seconds that its container says it used; null: it does not say. */
  cpuS: number | null
  /** When the runner heard of the pod, of its begin, and of its end. */
  receipt: { firstMs: number; beganMs: number | null; endedMs: number | null }
}

export interface NodeTime {
  readonly cluster: string
  readonly node: string
  readonly ready: boolean
  readonly changedMs: number | null
  readonly receiptMs: number
}

/** Bounds of a clock's advance over the runner's, narrowed by each answer that tells a time. */
interface Skew {
  leastMs: number
  mostMs: number
}

/** The API tells times in whole seconds, rounded down. */
const resolutionMs = 1000

export class Lifecycle {
  readonly pods = new Map<string, PodTimes>()
  readonly nodes: NodeTime[] = []
  private readonly wasReady = new Map<string, boolean>()
  private readonly skews = new Map<string, Skew>()
  private readonly lagsMs: number[] = []

  pod(
    cluster: string,
    seen: Pick<PodTimes, 'job' | 'uid' | 'phase' | 'boundMs' | 'beganMs' | 'endedMs' | 'cpuS'> & { receiptMs: number },
  ): void {
    const { job, uid, phase, boundMs, beganMs, endedMs, cpuS, receiptMs } = seen
    const known = this.pods.get(uid)
    const receipt = known?.receipt ?? { firstMs: receiptMs, beganMs: null, endedMs: null }
    if (phase !== 'pending') receipt.beganMs ??= receiptMs
    if (phase !== 'pending' && phase !== 'running') receipt.endedMs ??= receiptMs
    this.pods.set(uid, {
      ...{ cluster, job, uid, phase, receipt },
      // A pod that goes says less than before.
      boundMs: boundMs ?? known?.boundMs ?? null,
      beganMs: beganMs ?? known?.beganMs ?? null,
      endedMs: endedMs ?? known?.endedMs ?? null,
      cpuS: cpuS ?? known?.cpuS ?? null,
    })
  }

  /** Kept when it says something new: kubelets report every ten seconds. */
  node(time: NodeTime): void {
    const key = `${time.cluster}/${time.node}`
    if (this.wasReady.get(key) === time.ready) return
    this.wasReady.set(key, time.ready)
    this.nodes.push(time)
  }

  /** The cluster says when something happened that happened between two instants of the runner's clock. */
  answered(cluster: string, toldMs: number, sentMs: number, receivedMs: number): void {
    const known = this.skews.get(cluster) ?? { leastMs: Number.NEGATIVE_INFINITY, mostMs: Number.POSITIVE_INFINITY }
    this.skews.set(cluster, {
      leastMs: Math.max(known.leastMs, toldMs - receivedMs),
      mostMs: Math.min(known.mostMs, toldMs + resolutionMs - sentMs),
    })
  }

  /** The watch told of a change so long after the runner knew of it. */
  lagged(lagMs: number): void {
    this.lagsMs.push(Math.max(0, lagMs))
  }

  /** Least difference of a cluster's clock from the runner's that explains all that it said: the worst of all clusters. */
  get skewMs(): number {
    const off = ({ leastMs, mostMs }: Skew): number => Math.max(0, leastMs, -mostMs)
    return Math.max(0, ...[...this.skews.values()].map(off))
  }

  /** What 95 of 100 changes took at most; 0 of none. */
  get watchLagMs(): number {
    const sorted = [...this.lagsMs].sort((a, b) => a - b)
    return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0
  }
}
