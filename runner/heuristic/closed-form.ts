/**
 * The closed form beside the simulation: wait (Sakasegawa) + start-up + work / speed + latency + bytes / bandwidth, job by
 * job along the longest path of means. It knows no policy, failures, faults or shadows: work is spread over the nodes that it may use in
 * proportion to what they get done, and every stage meets one queue before them.
 */
import type { Model } from '../../engine/index.ts'
import { type Stream, streamOf } from './arrivals.ts'
import { sakasegawaWait } from './sakasegawa.ts'
import { type Kind, kindsOf } from './spread.ts'
import { Ways } from './ways.ts'

export interface ClosedForm {
  workload: string
  /** Of the nodes that its stages may use: the most among them. */
  utilisation: number
  /** Seconds along the longest path; ways both out and back. null: the nodes cannot keep up. */
  waitS: number | null
  waysS: number
  startupS: number
  workS: number
  latencyS: number | null
}

/** What is known of a kind, and how long it holds its nodes: way, start-up and work. */
interface Held {
  kind: Kind
  stream: Stream
  wayS: number
  startupS: number
  workS: number
  heldS: number
  heldSquareS: number
}

/** One for each workload, in the order of the model. */
export function closedForm(model: Model): ClosedForm[] {
  const { stageStart, count, names } = model.workloads
  const kinds = new Map<number, Kind[]>()
  for (let w = 0; w < count; w++)
    for (let s = stageStart[w]; s < stageStart[w + 1]; s++) kinds.set(s, kindsOf(model, w, s))
  const ways = new Ways(model, kinds)
  const held: Held[][] = []
  for (let w = 0; w < count; w++)
    for (let s = stageStart[w]; s < stageStart[w + 1]; s++)
      held[s] = kinds.get(s)!.map(kind => heldOf(model, kind, streamOf(model, w), ways.into(w, s)))
  const all = held.flat()
  const load = loadOf(model, all)
  return names.map((workload, w) => ({ workload, ...alongPath(model, w, held, all, load, ways) }))
}

function heldOf({ groups }: Model, kind: Kind, stream: Stream, wayS: number): Held {
  const mean = (of: (g: Kind['groups'][number]) => number) => kind.groups.reduce((sum, g) => sum + g.share * of(g), 0)
  const startupS = mean(({ group }) => groups.startupS[group])
  const workS = kind.meanS * mean(({ slowness }) => slowness)
  const fixedS = wayS + startupS
  const workSquareS = kind.squareS * mean(({ slowness }) => slowness * slowness)
  const heldSquareS = fixedS * fixedS + 2 * fixedS * workS + workSquareS
  return { kind, stream, wayS, startupS, workS, heldS: fixedS + workS, heldSquareS }
}

/** Nodes of each group that are busy on average. */
function loadOf({ groups }: Model, all: readonly Held[]): Float64Array {
  const load = new Float64Array(groups.count)
  for (const { kind, stream, wayS } of all)
    for (const { group, share, fit, slowness } of kind.groups) {
      const heldS = wayS + groups.startupS[group] + kind.meanS * slowness
      load[group] += (stream.ratePerS * kind.share * kind.tasks * share * heldS) / fit
    }
  return load
}

/** Mean wait of a kind, and how busy its nodes are. */
function waitOf({ groups }: Model, { kind }: Held, all: readonly Held[], load: Float64Array) {
  const own = new Set(kind.groups.map(({ group }) => group))
  const nodesOf = (group: number) => groups.nodeStart[group + 1] - groups.nodeStart[group]
  const nodes = [...own].reduce((sum, group) => sum + nodesOf(group), 0)
  const utilisation = [...own].reduce((sum, group) => sum + load[group], 0) / nodes
  const slots = kind.groups.reduce((sum, { group, fit }) => sum + nodesOf(group) * fit, 0)
  // All that is in the same queue.
  const beside = all.filter(other => other.kind.groups.some(({ group }) => own.has(group)))
  const mean = (of: (held: Held) => number) => {
    const weight = ({ stream, kind: { share } }: Held) => stream.ratePerS * share
    const sum = beside.reduce((total, other) => total + weight(other), 0)
    return sum === 0 ? 0 : beside.reduce((total, other) => total + weight(other) * of(other), 0) / sum
  }
  const meanS = mean(other => other.heldS)
  const serviceCvSquared = meanS === 0 ? 0 : mean(other => other.heldSquareS) / (meanS * meanS) - 1
  const variation = (mean(other => other.stream.cvSquared) + serviceCvSquared) / 2
  const waitS = sakasegawaWait(Math.max(1, Math.floor(slots / kind.tasks)), utilisation, meanS, variation)
  return { utilisation, waitS }
}

interface Sums {
  waitS: number
  waysS: number
  startupS: number
  workS: number
}

const totalOf = ({ waitS, waysS, startupS, workS }: Sums): number => waitS + waysS + startupS + workS

/** Of two that wait for ever the one that takes longer without. */
const isLonger = (a: Sums, b: Sums): boolean =>
  a.waitS === b.waitS ? totalOf({ ...a, waitS: 0 }) > totalOf({ ...b, waitS: 0 }) : totalOf(a) > totalOf(b)

function alongPath(
  model: Model,
  w: number,
  held: readonly Held[][],
  all: readonly Held[],
  load: Float64Array,
  ways: Ways,
): Omit<ClosedForm, 'workload'> {
  const { stages, workloads } = model
  const ends: Sums[] = []
  let utilisation = 0
  let last: Sums = { waitS: 0, waysS: 0, startupS: 0, workS: 0 }
  for (let s = workloads.stageStart[w]; s < workloads.stageStart[w + 1]; s++) {
    const before = [...stages.predecessors.subarray(stages.predecessorStart[s], stages.predecessorStart[s + 1])]
    const end = before
      .map(p => ends[p])
      .reduce((a, b) => (isLonger(b, a) ? b : a), { waitS: 0, waysS: 0, startupS: 0, workS: 0 })
    const sum = { ...end }
    for (const each of held[s]) {
      const wait = waitOf(model, each, all, load)
      utilisation = Math.max(utilisation, wait.utilisation)
      sum.waitS += each.kind.share * wait.waitS
      sum.waysS += each.kind.share * each.wayS
      sum.startupS += each.kind.share * each.startupS
      sum.workS += each.kind.share * each.workS
    }
    ends[s] = sum
    const home = { ...sum, waysS: sum.waysS + ways.back(w, s) }
    if (isLonger(home, last)) last = home
  }
  const known = (value: number) => (Number.isFinite(value) ? value : null)
  return { utilisation, ...last, waitS: known(last.waitS), latencyS: known(totalOf(last)) }
}
