/** What is planned on each processor: intervals with the part of it that they take. */

export interface Interval {
  startS: number
  finishS: number
  readonly share: number
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
  earliest(processor: number, fromS: number, durationS: number, share: number): number {
    const list = this.busy.get(processor)
    if (list === undefined) return fromS
    let bestS = Number.POSITIVE_INFINITY
    if (this.isFree(list, fromS, durationS, share)) return fromS
    for (const { finishS } of list)
      if (finishS > fromS && finishS < bestS && this.isFree(list, finishS, durationS, share)) bestS = finishS
    return bestS
  }

  private isFree(list: readonly Interval[], atS: number, durationS: number, share: number): boolean {
    if (takenAt(list, atS) + share > 1 + roundOff) return false
    for (const { startS } of list)
      if (startS > atS && startS < atS + durationS && takenAt(list, startS) + share > 1 + roundOff) return false
    return true
  }
}

function takenAt(list: readonly Interval[], atS: number): number {
  let taken = 0
  for (const { startS, finishS, share } of list) if (startS <= atS && finishS > atS) taken += share
  return taken
}
