/** Attempts on their way through the clusters: applied when their time has come, watched, and taken away. */
import type { Live, LiveAttempt, Model } from '../../engine/index.ts'
import type { Lifecycle } from '../telemetry/lifecycle.ts'
import type { Clock } from './clock.ts'
import type { RenderJob } from './manifests.ts'
import { type Problem, problemOf } from './problem.ts'
import type { PodSeen, Site } from './site.ts'

/** The tasks of an attempt on one node. */
interface Entry {
  readonly attempt: LiveAttempt
  readonly index: number
  readonly site: Site
  job: string
  readonly begun: Set<string>
  readonly succeeded: Set<string>
  /** Open: its Job is to come, or runs. Withdrawn: it is not wanted any more. */
  state: 'open' | 'over' | 'withdrawn'
}

export class Submissions {
  /** When the last Job of each attempt was sent, engine seconds: what comes then is the cluster's. */
  readonly appliedS = new Map<LiveAttempt, number>()
  readonly problems: Problem[] = []
  private readonly entries = new Map<LiveAttempt, Entry[]>()
  private readonly byJob = new Map<string, Entry>()
  private readonly open = new Set<Entry>()
  /** Attempts that wait for their time, earliest first. */
  private readonly toLaunch: LiveAttempt[] = []
  private readonly model: Model
  private readonly live: Live
  private readonly sites: readonly Site[]
  private readonly render: RenderJob
  private readonly clock: Clock
  private readonly lifecycle: Lifecycle
  private readonly underWay = new Set<Promise<void>>()
  /** Applied Jobs by name, until the watch has told of them, with the time of the answer. */
  private readonly answered = new Map<string, number>()
  private readonly echoed = new Set<string>()
  /** What could not be taken away. */
  private readonly owed: Entry[] = []

  constructor(input: {
    model: Model
    live: Live
    sites: readonly Site[]
    render: RenderJob
    clock: Clock
    lifecycle: Lifecycle
  }) {
    this.model = input.model
    this.live = input.live
    this.sites = input.sites
    this.render = input.render
    this.clock = input.clock
    this.lifecycle = input.lifecycle
  }

  /** Whose Job it is and on which node of the model; undefined for one that is none of ours. */
  placeOf(job: string): { attempt: LiveAttempt; node: number } | undefined {
    const entry = this.byJob.get(job)
    return entry === undefined ? undefined : { attempt: entry.attempt, node: entry.attempt.nodes[entry.index].node }
  }

  /** When the next attempt is to be launched; Infinity: none waits. */
  get nextS(): number {
    return this.toLaunch[0]?.launchS ?? Number.POSITIVE_INFINITY
  }

  /** Jobs that are there and not over. */
  get running(): number {
    return this.open.size
  }

  /** When the last of them should be over; 0 of none. */
  get expectedS(): number {
    let lastS = 0
    for (const { attempt } of this.open) lastS = Math.max(lastS, attempt.launchS + attempt.startupS + attempt.runS)
    return lastS
  }

  started(attempt: LiveAttempt): void {
    const site = this.sites[this.model.nodeCluster[attempt.nodes[0].node]]
    const entries = attempt.nodes.map(
      (_, index): Entry => ({ attempt, index, site, job: '', begun: new Set(), succeeded: new Set(), state: 'open' }),
    )
    this.entries.set(attempt, entries)
    const at = this.toLaunch.findIndex(({ launchS }) => launchS > attempt.launchS)
    this.toLaunch.splice(at < 0 ? this.toLaunch.length : at, 0, attempt)
  }

  stopped(attempt: LiveAttempt): void {
    const at = this.toLaunch.indexOf(attempt)
    if (at >= 0) this.toLaunch.splice(at, 1)
    this.withdraw(attempt)
  }

  /** Applies what is due. */
  launchDue(): void {
    while (this.nextS <= this.clock.nowS()) {
      const attempt = this.toLaunch.shift()!
      for (const entry of this.entries.get(attempt)!) this.track(this.apply(entry))
    }
  }

  private async apply(entry: Entry): Promise<void> {
    const { attempt, index, site } = entry
    const manifest = this.render(attempt, index, this.clock.nowS())
    entry.job = manifest.metadata.name
    this.byJob.set(entry.job, entry)
    this.open.add(entry)
    const sentMs = Date.now()
    this.appliedS.set(attempt, this.clock.nowS())
    try {
      const { createdMs } = await site.submit(manifest)
      const receivedMs = Date.now()
      if (createdMs !== null) this.lifecycle.answered(site.name, createdMs, sentMs, receivedMs)
      if (this.echoed.delete(entry.job)) this.lifecycle.lagged(0)
      else this.answered.set(entry.job, receivedMs)
      // It was no longer wanted before it was there.
      if (entry.state === 'withdrawn') this.remove(entry)
    } catch (error) {
      this.problems.push(problemOf('all', error))
      if (entry.state === 'open') this.live.gone(attempt, this.clock.nowS())
      this.clock.wake()
    }
  }

  /** Takes away what is left of an attempt: all of it, or all but one entry. */
  private withdraw(attempt: LiveAttempt, but?: Entry): void {
    for (const entry of this.entries.get(attempt) ?? []) {
      if (entry === but || entry.state !== 'open') continue
      this.close(entry, 'withdrawn')
      if (entry.job !== '') this.remove(entry)
    }
  }

  private close(entry: Entry, state: 'over' | 'withdrawn'): void {
    entry.state = state
    this.open.delete(entry)
  }

  private remove(entry: Entry): void {
    const removed = entry.site.withdraw(entry.job).catch((error: unknown) => {
      // It may be taken away later, or with its namespace.
      this.problems.push(problemOf('cleanup', error))
      this.owed.push(entry)
    })
    this.track(removed)
  }

  /** A cluster that did not answer does again: what should have been taken away from it is. */
  heardAgain(cluster: string): void {
    const owed = this.owed.splice(0)
    for (const entry of owed) {
      if (entry.site.name === cluster) this.remove(entry)
      else this.owed.push(entry)
    }
  }

  /** A cluster says how a pod fares. */
  pod(cluster: string, seen: PodSeen): void {
    const entry = this.byJob.get(seen.job)
    if (entry === undefined || entry.site.name !== cluster) return
    this.lifecycle.pod(cluster, seen)
    if (entry.state !== 'open') return
    this.tell(entry, seen, this.clock.nowS())
    this.clock.wake()
  }

  private tell(entry: Entry, { phase, uid, isFault }: PodSeen, atS: number): void {
    const { attempt } = entry
    const { node, tasks } = attempt.nodes[entry.index]
    if (phase === 'pending') return
    if (phase === 'gone' || (phase === 'failed' && !isFault)) {
      // One that has succeeded may go: it is done.
      if (!entry.succeeded.has(uid)) this.live.gone(attempt, atS)
      return
    }
    entry.begun.add(uid)
    if (this.allBegun(attempt)) this.live.began(attempt, atS)
    if (phase === 'failed') {
      this.close(entry, 'over')
      this.withdraw(attempt, entry)
      this.live.failed(attempt, atS)
    }
    if (phase !== 'succeeded') return
    entry.succeeded.add(uid)
    if (entry.succeeded.size < tasks) return
    this.close(entry, 'over')
    this.live.ended(attempt, node, atS)
  }

  private allBegun(attempt: LiveAttempt): boolean {
    return this.entries.get(attempt)!.every(({ begun, index }) => begun.size >= attempt.nodes[index].tasks)
  }

  /** The watch has told of a Job that was applied. */
  echo(job: string, receiptMs: number): void {
    const answeredMs = this.answered.get(job)
    if (answeredMs === undefined) {
      // The watch may be quicker than the answer.
      if (this.byJob.has(job)) this.echoed.add(job)
      return
    }
    this.answered.delete(job)
    this.lifecycle.lagged(receiptMs - answeredMs)
  }

  /** Resolves when all that was asked of the clusters has been answered. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay)
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work)
    void work.finally(() => this.underWay.delete(work))
  }
}
