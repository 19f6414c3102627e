/**
 * The event list, ordered by (time, kind, entity). An entry is a time, a code (entity · 16 + kind) and a generation; an
 * entry whose generation is no longer that of its entity is stale. Attempts are named by slots, which are recycled, so
 * the order among them is for the taker to establish: a stale entry must not change its place when its slot is used anew.
 *
 * A calendar queue (Brown 1988) of one year: days of equal length as lists in no order, what comes after the last day in
 * a list of its own, and today's entries in a small heap. A year is laid out when the one before is over, from what is
 * left then; its length is twice the mean time to an entry, so that at least half of them fall into it, and laying out
 * costs each entry a constant.
 */
import { doubled } from './doubled.ts'
import { EventHeap } from './event-heap.ts'

/** Kinds in their order within one instant. */
export const eventKind = {
  /** Of a live run: what it was told. */
  told: 0,
  /** Tasks on a crowded node are over. */
  share: 1,
  end: 2,
  transfer: 3,
  failure: 4,
  randomFailure: 5,
  trigger: 6,
  repair: 7,
  randomRepair: 8,
  triggerRepair: 9,
  detection: 10,
  linkDetection: 11,
  cancel: 12,
  begin: 13,
  rearm: 14,
  /** See `deferral.ts`. */
  timer: 15,
} as const

/** A table by the names of the kinds, as one by their numbers: quicker to look up. */
export const kindsInOrder = <T>(table: Readonly<Record<keyof typeof eventKind, T>>): readonly T[] =>
  Object.keys(eventKind).map(name => table[name as keyof typeof eventKind])

/** Entries in a day, about; with fewer than these days a heap alone is as good. */
const perDay = 4
const fewestDays = 64

/** Places of 64 and of 32 bits that an entry of a later day takes. */
const floats = 3
const ints = 6

/** Who knows which entries mean nothing any more. */
export interface Staleness {
  stale(code: number, generation: number): boolean
}

export class Calendar {
  /** Time of the entry to be pushed: see `clock.ts` for why it is no argument. */
  readonly pushTime = new Float64Array(1)
  /** What happens today. */
  private readonly today = new EventHeap(this.pushTime)
  /**
   * Entries of later days: time, code, generation, and the next of the same day; of free places, the next free one. Two
   * views of one buffer, so that an entry is on one line of the cache.
   */
  private times = new Float64Array(64 * floats)
  private rest = new Int32Array(this.times.buffer)
  private firstFree = -1
  /** Places ever used, and entries in them. */
  private high = 0
  private later = 0
  /** First entry of each day, and at [days] of what comes after the year; −1. */
  private first = new Int32Array(fewestDays + 1).fill(-1)
  private days = fewestDays
  private day = 0
  /** Begin of the year, and days a second: 0 where every day is today. */
  private readonly year = new Float64Array(2)
  /** With more entries than these the year is laid out anew. */
  private crowded = fewestDays
  private readonly staleness: Staleness

  constructor(staleness: Staleness) {
    this.staleness = staleness
  }

  /** Time of the first entry; Infinity when there is none. */
  get topTime(): number {
    return this.today.topTime
  }

  get topCode(): number {
    return this.today.topCode
  }

  get topGeneration(): number {
    return this.today.topGeneration
  }

  /** At `pushTime`, which is finite or means never. */
  push(code: number, generation: number): void {
    const { year, today } = this
    const time = this.pushTime[0]
    const at = (time - year[0]) * year[1]
    if (at < this.day + 1) today.push(code, generation)
    else if (time < Number.POSITIVE_INFINITY) {
      this.put(this.place(code, generation), at)
      if (today.size === 0) this.openDay()
    }
    if (today.size + this.later > this.crowded) this.layOut()
  }

  /** Removes the first entry. */
  pop(): void {
    this.today.pop()
    if (this.today.size === 0 && this.later > 0) this.openDay()
  }

  /** Writes an entry at `pushTime` to a free place. */
  private place(code: number, generation: number): number {
    let place = this.firstFree
    if (place >= 0) this.firstFree = this.rest[ints * place + 4]
    else {
      place = this.high++
      if (floats * this.high > this.times.length) this.grow()
    }
    this.times[floats * place] = this.pushTime[0]
    this.rest[ints * place + 2] = code
    this.rest[ints * place + 3] = generation
    this.later++
    return place
  }

  /** Puts an entry to its day, or to what comes after the year. */
  private put(place: number, at: number): void {
    const day = at < this.days ? Math.floor(at) : this.days
    this.rest[ints * place + 4] = this.first[day]
    this.first[day] = place
  }

  /** Goes on to the next day on which something happens. */
  private openDay(): void {
    const { first, days, today } = this
    while (today.size === 0 && this.later > 0) {
      let day = this.day + 1
      while (day < days && first[day] < 0) day++
      this.day = day
      if (day >= days) return this.layOut()
      this.moveToToday(day)
    }
  }

  /** What is stale is left out: its entity is looked at here, and that of the next entry meanwhile, before each has its turn. */
  private moveToToday(day: number): void {
    const { first, times, rest, today, pushTime, staleness } = this
    for (let place = first[day]; place >= 0; ) {
      const following = rest[ints * place + 4]
      const code = rest[ints * place + 2]
      const generation = rest[ints * place + 3]
      if (!staleness.stale(code, generation)) {
        pushTime[0] = times[floats * place]
        today.push(code, generation)
      }
      rest[ints * place + 4] = this.firstFree
      this.firstFree = place
      this.later--
      place = following
    }
    first[day] = -1
  }

  /** Lays out a year from the first entry on. */
  private layOut(): void {
    const { today, year } = this
    for (; today.size > 0; today.pop()) {
      this.pushTime[0] = today.topTime
      this.put(this.place(today.topCode, today.topGeneration), this.days)
    }
    const all = this.takeAll()
    this.measure(all)
    for (let place = all; place >= 0; ) {
      const following = this.rest[ints * place + 4]
      this.put(place, (this.times[floats * place] - year[0]) * year[1])
      place = following
    }
    this.day = -1
    this.crowded = 2 * this.later + fewestDays
    if (this.later > 0) this.openDay()
  }

  /** All entries of later days as one list; the days are empty then. */
  private takeAll(): number {
    const { first, rest, days } = this
    let all = -1
    for (let day = 0; day <= days; day++) {
      for (let place = first[day]; place >= 0; ) {
        const following = rest[ints * place + 4]
        rest[ints * place + 4] = all
        all = place
        place = following
      }
      first[day] = -1
    }
    return all
  }

  /** Begin, length and number of days of the year for the entries of a list. */
  private measure(all: number): void {
    let begin = Number.POSITIVE_INFINITY
    for (let place = all; place >= 0; place = this.rest[ints * place + 4])
      begin = Math.min(begin, this.times[floats * place])
    let sum = 0
    for (let place = all; place >= 0; place = this.rest[ints * place + 4]) sum += this.times[floats * place] - begin
    let days = fewestDays
    while (days * perDay < this.later) days *= 2
    const perSecond = (days * this.later) / (2 * sum)
    const worthwhile = this.later > fewestDays && perSecond < Number.POSITIVE_INFINITY
    this.year[0] = begin
    this.year[1] = worthwhile ? perSecond : 0
    this.days = days
    if (this.first.length <= days) this.first = new Int32Array(days + 1).fill(-1)
  }

  private grow(): void {
    this.times = doubled(this.times)
    this.rest = new Int32Array(this.times.buffer)
  }
}
