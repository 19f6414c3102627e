/** Speed and start-up of pools and clusters from attempts. */
import { meanInterval } from '../../../engine/statistics/intervals.ts'
import type { NodeFit } from '../../scenario/calibration-file.ts'
import { type Estimate, fitLine } from './line.ts'
import type { AttemptSample } from './samples.ts'

/** Fewer say too little. */
const fewest = 5
/** Shorter runs are weighed as if they took this many seconds: times are coarse. */
export const floorS = 1

export interface NodeFits {
  pools: Record<string, NodeFit>
  clusters: Record<string, NodeFit>
  /** Coefficients of variation of what is left, over all of them. */
  noise: { runTime: number; startUp: number }
  notes: string[]
}

export interface Fittable {
  speed: boolean
  startUp: boolean
}

/** Fits every pool, and of each cluster its own where that differs beyond doubt, else its pool's. */
export function fitNodes(samples: readonly AttemptSample[], what: Fittable): NodeFits {
  const notes: string[] = []
  const pools: Record<string, NodeFit> = {}
  const clusters: Record<string, NodeFit> = {}
  const left = { runTime: [] as number[], startUp: [] as number[] }
  for (const [pool, ofPool] of byName(samples, ({ pool }) => pool)) {
    const fit = fitGroup(ofPool, what)
    if (fit === null) {
      notes.push(`pool ${pool}: ${ofPool.length} attempts are too few to fit anything to`)
      continue
    }
    pools[pool] = fit.node
    if (fit.overhead > 0)
      notes.push(
        `pool ${pool}: ${fit.overhead.toFixed(3)} s of each run do not depend on its work: they count as start-up that is seen at the end`,
      )
    for (const [cluster, ofCluster] of byName(ofPool, ({ cluster }) => cluster)) {
      const own = fitGroup(ofCluster, what)
      clusters[cluster] = own === null ? fit.node : nearest(fit.node, own.node)
      left.runTime.push(...(own ?? fit).left.runTime)
      left.startUp.push(...(own ?? fit).left.startUp)
    }
  }
  return { pools, clusters, noise: { runTime: spread(left.runTime), startUp: spread(left.startUp) }, notes }
}

interface GroupFit {
  node: NodeFit
  /** Seconds of each run that do not depend on its work. */
  overhead: number
  /** Parts by which single attempts differ from the fit. */
  left: { runTime: number[]; startUp: number[] }
}

function fitGroup(samples: readonly AttemptSample[], what: Fittable): GroupFit | null {
  if (samples.length < fewest) return null
  const native = samples.filter(({ mode }) => mode === 0)
  const run = what.speed && native.length >= fewest ? fitRuns(native) : null
  const overhead = run?.overhead ?? 0
  const start = what.startUp ? meanInterval(samples.map(({ startS }) => startS + overhead)) : null
  return {
    node: {
      ...(run === null ? {} : { speed: run.speed }),
      ...(start === null
        ? {}
        : { startupS: { value: start.estimate, low: Math.max(0, start.low), high: start.high, n: start.n } }),
      ...(start === null || run === null || overhead === 0 ? {} : { lateS: run.late }),
    },
    overhead,
    left: {
      runTime: run === null ? [] : native.map(sample => deviation(sample, overhead, run.speed.value)),
      startUp:
        start === null || start.estimate <= 0
          ? []
          : samples.map(({ startS }) => (startS + overhead) / start.estimate - 1),
    },
  }
}

/** By which part of its run an attempt differs from the fit. */
const deviation = ({ runS, workS }: AttemptSample, overhead: number, speed: number): number =>
  (runS - overhead - workS / speed) / (Math.max(workS, floorS) / speed)

/**
 * run = overhead + work / speed, with an error as its points tell. An overhead that is not beyond doubt above 0 is none,
 * nor is there one where run times do not grow with work beyond doubt.
 */
function fitRuns(samples: readonly AttemptSample[]): { speed: Estimate; overhead: number; late: Estimate } {
  const x = samples.map(({ workS }) => workS)
  const y = samples.map(({ runS }) => runS)
  const floors = [floorS, 2 * floorS, 4 * floorS, 8 * floorS, 16 * floorS]
  const { weight } = floors.map(floor => weighed(x, y, floor)).reduce((a, b) => (b.misfit < a.misfit ? b : a))
  const free = fitLine(x, y, weight)
  const { offset, slope } = free.offset.low > 0 && free.slope.low > 0 ? free : fitLine(x, y, weight, true)
  return {
    speed: { value: 1 / slope.value, low: 1 / slope.high, high: 1 / Math.max(slope.low, 1e-9), n: slope.n },
    overhead: offset.value,
    late: offset,
  }
}

/**
 * Weights of points whose error is the same up to so much work, and in proportion to it beyond: clusters look at containers
 * every second or so, busy nodes are off by a part. Misfit: −2 · log likelihood, up to a constant.
 */
function weighed(x: readonly number[], y: readonly number[], floor: number): { weight: number[]; misfit: number } {
  const scale = x.map(workS => Math.max(workS, floor))
  const weight = scale.map(value => 1 / value / value)
  const { sigma } = fitLine(x, y, weight)
  const spread = scale.reduce((sum, value) => sum + Math.log(value), 0)
  return { weight, misfit: 2 * (x.length * Math.log(sigma) + spread) }
}

/** Each field of the cluster's own where its interval does not meet that of the pool. */
function nearest(pool: NodeFit, own: NodeFit): NodeFit {
  const choose = (field: keyof NodeFit) => {
    const [a, b] = [pool[field], own[field]]
    return a === undefined || b === undefined ? (a ?? b) : b.low > a.high || b.high < a.low ? b : a
  }
  const speed = choose('speed')
  const startupS = choose('startupS')
  const lateS = choose('lateS')
  return {
    ...(speed === undefined ? {} : { speed }),
    ...(startupS === undefined ? {} : { startupS }),
    ...(lateS === undefined ? {} : { lateS }),
  }
}

/** Standard deviation of parts around 0; 0 of none. */
const spread = (parts: readonly number[]): number =>
  parts.length === 0 ? 0 : Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0) / parts.length)

export function byName<T>(items: readonly T[], nameOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item])
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}
