/**
 * Ways between clusters that are really cut. What goes there is asked for again and again: when nothing has answered for the
 * other cluster's `detection`, the cut is believed; after its end, the way is back with the first answer.
 */
import type { Live, Model } from '../../engine/index.ts'
import type { ObservedFailure } from '../verify/observation.ts'
import type { Clock } from './clock.ts'

/** It is asked so often, and waited so long for an answer. */
export const askEveryS = 0.5

export type FailureRow = { -readonly [field in keyof ObservedFailure]: ObservedFailure[field] }

/** Whether what is asked on a way is answered within `askEveryS`. */
export type Ask = () => Promise<boolean>

interface Way {
  /** How many failures cut it. */
  held: number
  isKnown: boolean
  /** Somebody asks whether it is there. */
  readonly isAsked: boolean
  /** Of those that cut it since it was up. */
  readonly rows: Set<FailureRow>
  /** Ends the asking. */
  readonly end: AbortController
}

export class Ways {
  private readonly model: Model
  private readonly live: Live
  private readonly clock: Clock
  /** Those that are cut, or not yet back, by from · clusters + to. */
  private readonly ways = new Map<number, Way>()

  constructor(input: { model: Model; live: Live; clock: Clock }) {
    this.model = input.model
    this.live = input.live
    this.clock = input.clock
  }

  /** One more failure has cut it. `ask`: null where nobody can; its detection is then the model's. */
  cut(pair: number, row: FailureRow, ask: Ask | null): void {
    const known = this.ways.get(pair)
    const way = known ?? { held: 0, isKnown: false, isAsked: ask !== null, rows: new Set(), end: new AbortController() }
    way.held++
    way.rows.add(row)
    if (way.isKnown) row.detectedS ??= this.clock.nowS()
    if (known !== undefined) return
    this.ways.set(pair, way)
    this.live.pairCut(pair, this.clock.nowS())
    const watched = ask === null ? this.believe(pair, way) : this.watch(pair, way, ask)
    watched.catch(() => {})
  }

  /** One failure less cuts it; nothing happens where it was never cut. */
  lifted(pair: number): void {
    const way = this.ways.get(pair)
    if (way === undefined) return
    way.held--
    // One that is over before anybody noticed, nobody will tell of.
    if (way.held === 0 && !(way.isKnown && way.isAsked)) this.back(pair, way)
  }

  /** Asks no more. */
  stop(): void {
    for (const { end } of this.ways.values()) end.abort()
  }

  private async watch(pair: number, way: Way, ask: Ask): Promise<void> {
    let silentS = this.clock.nowS()
    // The last answer came half of the time between two questions before the cut, in the mean.
    const noticedS = this.detectionS(pair) - askEveryS / 2
    for (;;) {
      await this.clock.after(askEveryS, way.end.signal)
      const answered = await ask()
      way.end.signal.throwIfAborted()
      if (answered && way.held === 0) return this.back(pair, way)
      if (answered) silentS = this.clock.nowS()
      else if (this.clock.nowS() - silentS >= noticedS) this.known(pair, way)
    }
  }

  private async believe(pair: number, way: Way): Promise<void> {
    await this.clock.after(this.detectionS(pair), way.end.signal)
    this.known(pair, way)
  }

  private readonly detectionS = (pair: number): number => {
    const { clusters } = this.model
    return clusters.detectionS[pair % clusters.count]
  }

  private known(pair: number, way: Way): void {
    if (way.isKnown) return
    way.isKnown = true
    const nowS = this.clock.nowS()
    for (const row of way.rows) row.detectedS ??= nowS
    this.live.pairLost(pair, nowS)
    this.clock.wake()
  }

  private back(pair: number, way: Way): void {
    const nowS = this.clock.nowS()
    for (const row of way.rows) row.recoveredS ??= nowS
    this.ways.delete(pair)
    way.end.abort()
    this.live.pairBack(pair, nowS)
    this.clock.wake()
  }
}
