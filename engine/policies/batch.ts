/**
 * Batch heuristics (Ibarra and Kim, J. ACM 24(2), 1977; Maheswaran et al., JPDC 59(2), 1999): the whole waiting set
 * against all nodes. The completion time of a stage on a node is when it would be over if placed now, or when what is
 * there and was mapped there before it has left room. `min-min` maps next the stage whose earliest completion is the
 * least, `max-min` that for which it is the greatest, `sufferage` that which would lose most by its second-best node.
 * Mapped stages that can start now do; the others are mapped anew at the next decision.
 */
import type { OptionSchema } from '../schema.ts'
import { orders } from './orders/index.ts'
import type { Pass, Policy, PolicyEntry } from './policy.ts'
import { candidates } from './workflows/candidates.ts'
import { shareOf } from './workflows/job-plan.ts'
import { PlannedNode } from './workflows/planned-node.ts'
import { type Share, Timelines } from './workflows/timelines.ts'

/** The greater comes first; of the earliest completion and that on the second-best node. */
type Urgency = (earliestS: number, secondS: number) => number

/** Where a waiting stage would be over first. */
interface Mapping {
  readonly stage: number
  node: number
  startS: number
  earliestS: number
  secondNode: number
  /** Infinity where there is no second. */
  secondS: number
}

class BatchPolicy implements Policy {
  readonly order = orders.fcfs
  private readonly urgency: Urgency
  private readonly window: number
  private readonly choice = new PlannedNode()

  constructor(urgency: Urgency, window: number) {
    this.urgency = urgency
    this.window = window
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    const timelines = new Timelines()
    pass.expect((node, stageClass, tasks, finishS) => {
      timelines.add(node, { startS: pass.now, finishS, share: shareOf(pass.model, stageClass, node, tasks) })
    })
    const left: Mapping[] = []
    for (let stage = pass.following(-1); stage >= 0 && left.length < this.window; stage = pass.following(stage)) {
      const mapping = { stage, node: -1, startS: 0, earliestS: 0, secondNode: -1, secondS: 0 }
      map(pass, timelines, mapping)
      if (mapping.node >= 0) left.push(mapping)
    }
    while (left.length > 0) {
      const [{ node, stage, startS, earliestS }] = left.splice(this.mostUrgent(left), 1)
      if (node < 0) continue
      this.choice.node = node
      // Whom an earlier one of this decision keeps off is mapped anew at the next.
      if (startS === pass.now && pass.admits(stage, node)) pass.place(stage, this.choice)
      timelines.add(node, { startS, finishS: earliestS, share: shareOfStage(pass, stage, node) })
      // Only on that node has anything changed, and for the worse.
      for (const mapping of left)
        if (mapping.node === node || mapping.secondNode === node) map(pass, timelines, mapping)
    }
  }

  /** The first of equals in order of submission. */
  private mostUrgent(left: readonly Mapping[]): number {
    let best = 0
    let highest = Number.NEGATIVE_INFINITY
    for (const [i, { node, earliestS, secondS }] of left.entries()) {
      const urgency = node < 0 ? Number.NEGATIVE_INFINITY : this.urgency(earliestS, secondS)
      if (urgency <= highest) continue
      best = i
      highest = urgency
    }
    return best
  }
}

function shareOfStage(pass: Pass, stage: number, node: number): Share {
  const stageClass = pass.classOf(stage)
  return shareOf(pass.model, stageClass, node, pass.model.classes.tasks[stageClass])
}

/** Finds the two nodes on which a stage would be over first, the lowest among equals. */
function map(pass: Pass, timelines: Timelines, mapping: Mapping): void {
  const { stage } = mapping
  const { classes, groups, nodeGroup } = pass.model
  const stageClass = pass.classOf(stage)
  mapping.node = -1
  mapping.secondNode = -1
  mapping.earliestS = Number.POSITIVE_INFINITY
  mapping.secondS = Number.POSITIVE_INFINITY
  for (const node of candidates(pass, stage, timelines)) {
    const group = nodeGroup[node]
    const cluster = groups.cluster[group]
    if (classes.factor[stageClass * groups.count + group] === 0 || !pass.reaches(stage, cluster)) continue
    if (!pass.admits(stage, node)) continue
    const durationS = pass.wayOut(stage, cluster) + groups.startupS[group] + pass.runTimeOn(stage, group)
    const startS = timelines.earliest(node, pass.now, durationS, shareOfStage(pass, stage, node))
    // Who holds it is not known, nor for how long.
    if (startS === pass.now && classes.tasks[stageClass] === 1 && !pass.fits(stage, node)) continue
    note(mapping, node, startS, startS + durationS)
  }
}

function note(mapping: Mapping, node: number, startS: number, overS: number): void {
  if (overS < mapping.earliestS) {
    mapping.secondNode = mapping.node
    mapping.secondS = mapping.earliestS
    mapping.node = node
    mapping.startS = startS
    mapping.earliestS = overS
  } else if (overS < mapping.secondS) {
    mapping.secondNode = node
    mapping.secondS = overS
  }
}

const options: Readonly<Record<string, OptionSchema>> = {
  window: {
    type: 'integer',
    description: 'At most so many waiting stages, in order of submission, are looked at in one decision.',
    default: 256,
    minimum: 1,
    maximum: 100_000,
  },
}

/** An entry of the table. */
export const batch = (name: string, summary: string, urgency: Urgency): PolicyEntry => ({
  name,
  summary,
  options,
  create: given => new BatchPolicy(urgency, (given.window as number | undefined) ?? 256),
})
