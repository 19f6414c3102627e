/**
 * Whom a stage of a higher priority displaces, as kube-scheduler's default preemption has it: of each node all attempts
 * of lower priority are thought away; if the stage fits then, as many of them stay as can, the most important first
 * (higher priority, then begun earlier). The node is that whose most important victim has the lowest priority, then of
 * the fewest victims, then whose most important ones have begun last, then the lowest.
 */
import type { Pass } from './policy.ts'

export interface Tenure {
  readonly attempt: number
  readonly priority: number
  readonly beginS: number
  /** Millicores, bytes, milli-GPU on the node. */
  readonly held: readonly number[]
}

/** Attempts by node. */
export type Tenures = ReadonlyMap<number, readonly Tenure[]>

/** The victims that make room for one task of a stage; null: none would. Gangs displace nobody. */
export function findVictims(pass: Pass, stage: number, priority: number, tenures: Tenures): readonly Tenure[] | null {
  const { classes, groups, nodeGroup, nodeCluster } = pass.model
  const stageClass = pass.classOf(stage)
  if (classes.tasks[stageClass] > 1 || (classes.gpuMilli[stageClass] > 0 && hasParts(pass))) return null
  let best: readonly Tenure[] | null = null
  for (const node of [...tenures.keys()].sort((a, b) => a - b)) {
    const factor = classes.factor[stageClass * groups.count + nodeGroup[node]]
    if (factor === 0 || !pass.ready(node) || !pass.reaches(stage, nodeCluster[node])) continue
    // Nobody makes way for a stage that others would keep off all the same.
    if (!pass.admits(stage, node)) continue
    const victims = victimsOn(pass, stageClass, node, priority, tenures.get(node) ?? [])
    if (victims !== null && (best === null || isBetter(victims, best))) best = victims
  }
  return best
}

/** The most important first; null where the stage would not fit without all of them, or fits as it is. */
function victimsOn(
  pass: Pass,
  stageClass: number,
  node: number,
  priority: number,
  tenures: readonly Tenure[],
): Tenure[] | null {
  const lower = tenures.filter(tenure => tenure.priority < priority)
  if (lower.length === 0) return null
  const { cpuMilli, memoryBytes, gpuMilli } = pass.model.classes
  const asked = [cpuMilli[stageClass], memoryBytes[stageClass], gpuMilli[stageClass]]
  const left = pass.freeOn(node).map((free, i) => free - asked[i] + sum(lower.map(({ held }) => held[i])))
  if (left.some(amount => amount < 0)) return null
  lower.sort(
    (a, b) =>
      b.priority - a.priority ||
      (a.beginS < b.beginS || (a.beginS === b.beginS && pass.isBefore(a.attempt, b.attempt)) ? -1 : 1),
  )
  const victims: Tenure[] = []
  for (const tenure of lower) {
    const stays = left.every((amount, i) => amount >= tenure.held[i])
    if (stays) for (let i = 0; i < left.length; i++) left[i] -= tenure.held[i]
    else victims.push(tenure)
  }
  return victims.length === 0 ? null : victims
}

function isBetter(a: readonly Tenure[], b: readonly Tenure[]): boolean {
  if (a[0].priority !== b[0].priority) return a[0].priority < b[0].priority
  if (a.length !== b.length) return a.length < b.length
  return earliest(a) > earliest(b)
}

/** When the first of the most important has begun. */
const earliest = (victims: readonly Tenure[]): number => victims[0].beginS

/** Where parts of GPUs are asked for, sums say too little of what would be free. */
const hasParts = ({ model }: Pass): boolean => model.classes.gpuMilli.some(gpu => gpu % 1000 !== 0)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
