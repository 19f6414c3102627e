/**
 * EASY backfilling, slowly: everything that waits is sorted at each decision, and what will be free is added up from
 * nothing for each time that is looked at. It reaches into the run for what a policy cannot scan.
 */

import { slotState } from '../../engine/arena.ts'
import { Capacity } from '../../engine/capacity.ts'
import type { Choice, Pass, Policy, ReservationKind } from '../../engine/index.ts'
import { isPlaced } from '../../engine/jobs.ts'
import type { OrderedWaiting } from '../../engine/ordered-waiting.ts'
import { fillOn, place } from '../../engine/placing.ts'
import type { Run } from '../../engine/run.ts'
import type { Waiting } from '../../engine/waiting.ts'

interface Inside {
  run: Run
  outOfSlack(stage: number): boolean
  restrict(stage: number): void
}

/** What the policy's parts are, and what follows a placement. */
export interface SlowParts {
  order: Policy['order']
  choice: Choice
  kind: ReservationKind
  placed(pass: Pass, stage: number): void
}

export class SlowEasy implements Policy {
  readonly order
  private readonly parts: SlowParts
  private run!: Run

  constructor(parts: SlowParts) {
    this.order = parts.order
    this.parts = parts
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    this.run = (pass as unknown as Inside).run
    const { choice, placed } = this.parts
    const queue = this.queue(pass)
    while (queue.length > 0 && place(this.run, queue[0], choice)) placed(pass, queue.shift()!)
    if (queue.length > 0) this.backfill(pass, queue[0], queue.slice(1))
  }

  private backfill(pass: Pass, head: number, others: number[]): void {
    const reservation = this.reserve(head)
    const limits = new Map<string, number>()
    for (const stage of others) {
      const alike = this.alike(stage)
      const estimateS = pass.estimateOf(stage)
      if (estimateS >= (limits.get(alike) ?? Infinity)) continue
      const answer = this.try(stage, head, reservation)
      if (answer === 'refused') limits.set(alike, estimateS)
      if (answer !== 'placed') continue
      limits.clear()
      this.parts.placed(pass, stage)
    }
  }

  /** Stages of one request, by its first class, and where it matters of one origin. */
  private alike(stage: number): string {
    const { arena, network, model } = this.run
    let stageClass = arena.stageClass(stage)
    const { strictTwin } = model.classes
    for (let k = strictTwin.indexOf(stageClass); k >= 0 && k !== stageClass; k = strictTwin.indexOf(stageClass))
      stageClass = k
    return `${stageClass} ${network.canBeCut ? arena.origin(arena.job(stage)) : ''}`
  }

  private queue(pass: Pass): number[] {
    const { arena, waiting } = this.run
    const inside = pass as unknown as Inside
    const stages = Array.from({ length: arena.high }, (_, slot) => slot).filter(
      slot => arena.state(slot) === slotState.waiting,
    )
    for (const stage of stages) while (inside.outOfSlack(stage)) inside.restrict(stage)
    const { order } = waiting as OrderedWaiting as unknown as { order: Waiting }
    return stages.sort((a, b) => (order.before(a, b) ? -1 : 1))
  }

  // --- the reservation

  /** When the head is expected to fit, on which cluster, and on which nodes. */
  private reserve(head: number): { atS: number; cluster: number; nodes: number[] } {
    const { run } = this
    const ends = this.attempts().map(slot => Math.max(run.now, run.future!.endOf(slot)))
    for (const atS of [run.now, ...ends.sort((a, b) => a - b)]) {
      const capacity = this.capacityAt(atS)
      if (!this.clustersOf(head).some(cluster => this.fits(head, cluster, capacity))) continue
      const nodes: number[] = []
      fillOn(run, capacity, head, this.parts.choice, () => {
        for (let entry = head; entry >= 0; entry = run.arena.nextEntry(entry)) nodes.push(run.arena.node(entry))
        return false
      })
      return { atS, cluster: run.model.nodeCluster[nodes[0]], nodes }
    }
    return { atS: Infinity, cluster: -1, nodes: [] }
  }

  private attempts(): number[] {
    const { arena } = this.run
    return Array.from({ length: arena.high }, (_, slot) => slot).filter(slot => isPlaced(arena.state(slot)))
  }

  /** What is free when all have ended that are expected to. */
  private capacityAt(atS: number): Capacity {
    const { run } = this
    const capacity = new Capacity(run.model)
    run.capacity.ready.forEach((ready, node) => {
      capacity.setReady(node, ready === 1)
    })
    for (const slot of this.attempts()) if (Math.max(run.now, run.future!.endOf(slot)) > atS) this.take(capacity, slot)
    return capacity
  }

  private take(capacity: Capacity, slot: number): void {
    const { arena, capacity: real } = this.run
    for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
      capacity.takeAs(real, entry, arena.node(entry), arena.stageClass(slot), arena.tasks(entry))
  }

  private clustersOf(stage: number): number[] {
    const { network, arena, model } = this.run
    const all = Array.from({ length: model.clusters.count }, (_, cluster) => cluster)
    return all.filter(cluster => network.reaches(arena.origin(arena.job(stage)), cluster))
  }

  private fits(stage: number, cluster: number, capacity: Capacity): boolean {
    const { model, arena } = this.run
    const stageClass = arena.stageClass(stage)
    let count = 0
    for (let node = 0; node < model.nodeGroup.length; node++)
      if (
        model.nodeCluster[node] === cluster &&
        model.classes.factor[stageClass * model.groups.count + model.nodeGroup[node]] > 0
      )
        count += capacity.fitCount(node, stageClass)
    return count >= model.classes.tasks[stageClass]
  }

  // --- those behind

  private try(stage: number, head: number, reservation: { atS: number; cluster: number; nodes: number[] }) {
    const { run } = this
    const { choice, kind } = this.parts
    let fits = false
    const inTime = (): boolean => this.endOf(stage) <= reservation.atS
    const leavesRoom = (): boolean => {
      if (kind === 'time') return false
      if (run.model.nodeCluster[run.arena.node(stage)] !== reservation.cluster) return true
      const capacity = this.capacityAt(reservation.atS)
      this.take(capacity, stage)
      return this.fits(head, reservation.cluster, capacity)
    }
    const isPlaced = place(run, stage, choice, () => {
      fits = true
      return inTime() || (kind !== 'hosts' && leavesRoom())
    })
    if (isPlaced) return 'placed'
    if (!fits) return 'no room'
    if (kind !== 'hosts') return 'refused'
    const hidden = reservation.nodes.filter(node => run.capacity.ready[node] === 1)
    for (const node of hidden) run.capacity.show(node, false)
    const isPlacedElsewhere = place(run, stage, choice)
    for (const node of hidden) run.capacity.show(node, true)
    return isPlacedElsewhere ? 'placed' : 'refused'
  }

  private endOf(stage: number): number {
    const { arena, model, view, now } = this.run
    const { groups, classes } = model
    const nodes: number[] = []
    for (let entry = stage; entry >= 0; entry = arena.nextEntry(entry)) nodes.push(arena.node(entry))
    const each = (of: (group: number) => number) => nodes.map(node => of(model.nodeGroup[node]))
    const startupS = Math.max(...each(group => groups.startupS[group]))
    const speed = Math.min(...each(group => groups.speed[group]))
    const factor = Math.max(...each(group => classes.factor[arena.stageClass(stage) * groups.count + group]))
    return now + view.wayOut(stage, model.nodeCluster[nodes[0]]) + startupS + (arena.estimateS(stage) * factor) / speed
  }
}
