/** What is written down while it happens: rows as in engine/log.ts, and one for each placement. */
import type { Link } from './links.ts'
import type { Attempt, Job, Node, Stage, World } from './world.ts'

export interface LogRow {
  time: number
  kind: string
  workload: number
  ordinal: number
  stage: number
  attempt: number
  node: number
}

/** One placement. */
export interface Decision {
  time: number
  workload: number
  ordinal: number
  stage: number
  attempt: number
  originCluster: number
  node: number
  intensity: number
}

const noRow = { workload: -1, ordinal: -1, stage: -1, attempt: -1, node: -1 }

export function noteNode(world: World, kind: string, node: Node): void {
  world.log.push({ ...noRow, time: world.now, kind, node: node.index })
}

export function noteLink(world: World, kind: string, link: Link): void {
  world.log.push({ ...noRow, time: world.now, kind, node: link.pair })
}

export function noteTrigger(world: World, trigger: number): void {
  world.log.push({ ...noRow, time: world.now, kind: 'trigger', ordinal: trigger })
}

export function noteJob(world: World, kind: string, { workload, ordinal }: Job): void {
  world.log.push({ ...noRow, time: world.now, kind, workload, ordinal })
}

export function noteStage(world: World, kind: string, { job: { workload, ordinal }, index }: Stage): void {
  world.log.push({ ...noRow, time: world.now, kind, workload, ordinal, stage: index })
}

export function noteAttempt(world: World, kind: string, { stage, number, shares }: Attempt): void {
  const { workload, ordinal } = stage.job
  const node = shares[0].node.index
  world.log.push({ time: world.now, kind, workload, ordinal, stage: stage.index, attempt: number, node })
}
