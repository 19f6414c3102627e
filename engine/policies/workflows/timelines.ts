/** What is planned on each processor: intervals with the part of it that they take. */

/** Parts of a processor's cores, memory and GPUs. */
export type Share = readonly [number, number, number]

export interface Interval {
  startS: number
  finishS: number
  readonly share: Share
}

/** Shares are sums of fractions: so much more than all is still all. */
const roundOff = 1e-9

export class Timelines {
  /** By processor; those of which nothing is planned are not in it. */
  readonly busy = new Map<number, Interval[]>()

  add(processor: number, interval: Interval): void {
    const list = this.busy.get(processor)
    if (list === undefined) this.busy.set(processor, [interval])
    else list.push(interval)
  }

  remove(processor: number, interval: Interval): void {
    const list = this.busy.get(processor) ?? []
    const at = list.indexOf(interval)
    if (at >= 0) list.splice(at, 1)
    if (list.length === 0) this.busy.delete(processor)
  }

  /** The earliest time from `fromS` on at which so much of a processor is free for so long: gaps are used. */
  earliest(processor: number, fromS: number, durationS: number, share: Share): number {
    const list = this.busy.get(processor)
    if (list === undefined) return fromS
    let bestS = Number.POSITIVE_INFINITY
    if (this.isFree(list, fromS, durationS, share)) return fromS
    for (const { finishS } of list)
      if (finishS > fromS && finishS < bestS && this.isFree(list, finishS, durationS, share)) bestS = finishS
    return bestS
  }

  private isFree(list: readonly Interval[], atS: number, durationS: number, share: Share): boolean {
    if (!fitsAt(list, atS, share)) return false
    for (const { startS } of list)
      if (startS > atS && startS < atS + durationS && !fitsAt(list, startS, share)) return false
    return true
  }
}

const fitsAt = (list: readonly Interval[], atS: number, share: Share): boolean =>
  fitTogether(
    share,
    list.filter(({ startS, finishS }) => startS <= atS && finishS > atS),
  )

/** Whether all together take no more than there is. */
export function fitTogether(share: Share, others: readonly Pick<Interval, 'share'>[]): boolean {
  for (let i = 0; i < 3; i++) {
    let taken = share[i]
    for (const other of others) taken += other.share[i]
    if (share[i] > 0 && taken > 1 + roundOff) return false
  }
  return true
}
