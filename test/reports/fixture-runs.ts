/**
 * Runs of a made-up fabric under a blackout, with seeded luck that all policies share: not the engine, but close enough in
 * shape to fill a report with figures that look like a run's.
 */
import { distributions } from '../../engine/distributions.ts'
import type { Model } from '../../engine/model.ts'
import { Random, streams } from '../../engine/random.ts'
import type { RunResult } from '../../engine/result.ts'

export const horizonS = 3600
export const blackout = { atS: 1200, endS: 2100, detectionS: 45 }
const warmupS = 300
const binS = 15
const bins = horizonS / binS

export const fixtureClusters = [
  {
    name: 'datacenter',
    pool: 'datacenter',
    zone: 'eu-2',
    nodes: 1,
    cores: 32,
    speed: 1.2,
    idleW: 95,
    busyW: 310,
    away: 0.045,
    pue: 1.2,
  },
  {
    name: 'edge-microdc',
    pool: 'edge',
    zone: 'eu-1',
    nodes: 2,
    cores: 16,
    speed: 1,
    idleW: 40,
    busyW: 140,
    away: 0.004,
    pue: 1.3,
  },
  {
    name: 'gaming',
    pool: 'gaming',
    zone: 'eu-1',
    nodes: 1,
    cores: 16,
    speed: 1.3,
    idleW: 60,
    busyW: 290,
    away: 0.009,
    pue: 1,
  },
  {
    name: 'lab',
    pool: 'lab',
    zone: 'eu-3',
    nodes: 2,
    cores: 8,
    speed: 0.9,
    idleW: 35,
    busyW: 90,
    away: 0.012,
    pue: 1.5,
  },
  {
    name: 'mining',
    pool: 'mining',
    zone: 'na-1',
    nodes: 2,
    cores: 8,
    speed: 0.8,
    idleW: 55,
    busyW: 120,
    away: 0.11,
    pue: 1.1,
  },
  {
    name: 'personal-area',
    pool: 'personal-area',
    zone: 'eu-3',
    nodes: 3,
    cores: 4,
    speed: 0.5,
    idleW: 2,
    busyW: 9,
    away: 0.02,
    pue: 1,
  },
]

export const fixturePolicies = ['fcfs', 'greedy-latency', 'resilient'] as const
export type FixturePolicy = (typeof fixturePolicies)[number]

/** The part of a Model that a summary reads. */
export function fixtureModel(): Model {
  const nodes = fixtureClusters.flatMap((cluster, k) => new Array<number>(cluster.nodes).fill(k))
  const nodeStart = fixtureClusters.map((_, k) => nodes.filter(cluster => cluster < k).length)
  return {
    clusters: {
      count: fixtureClusters.length,
      names: fixtureClusters.map(c => c.name),
      nodeStart: Int32Array.of(...nodeStart, nodes.length),
    },
    groups: { cpuMilli: Int32Array.from(fixtureClusters, cluster => cluster.cores * 1000) },
    nodeGroup: Int32Array.from(nodes),
    nodeCluster: Int32Array.from(nodes),
  } as unknown as Model
}

interface Attempt {
  cluster: number
  slot: number
  beginS: number
  endS: number
}

/** Slots of two cores, each free from a time on. */
class Fabric {
  readonly free = fixtureClusters.map(cluster => new Float64Array((cluster.nodes * cluster.cores) / 2))
  readonly run: RunResult = emptyRun()
  private readonly policy: FixturePolicy

  constructor(policy: FixturePolicy) {
    this.policy = policy
  }

  /** When the job's first attempt ends, blackout and all. */
  execute(submitS: number, work: number): Attempt {
    const first = this.attempt(submitS, work, null)
    const second = this.policy === 'resilient' ? this.shadow(submitS, work, zoneOf(first.cluster)) : undefined
    const survivors = [first, second].filter(attempt => attempt !== undefined && !isLost(attempt)) as Attempt[]
    if (second !== undefined) this.run.shadowPlacements++
    this.run.lostAttempts += (second === undefined ? 1 : 2) - survivors.length
    if (survivors.length > 0) return survivors.reduce((a, b) => (a.endS <= b.endS ? a : b))
    return this.execute(blackout.atS + blackout.detectionS, work)
  }

  /** Only where a slot is free at once. */
  private shadow(nowS: number, work: number, notZone: string): Attempt | undefined {
    const cluster = this.choose(nowS, work, notZone)
    return this.free[cluster][earliest(this.free[cluster])] > nowS ? undefined : this.attempt(nowS, work, notZone)
  }

  private attempt(nowS: number, work: number, notZone: string | null): Attempt {
    const cluster = this.choose(nowS, work, notZone)
    const { free, cores } = { free: this.free[cluster], cores: 2 }
    const slot = earliest(free)
    const beginS = Math.max(nowS + fixtureClusters[cluster].away, free[slot])
    const attempt = { cluster, slot, beginS, endS: beginS + work / fixtureClusters[cluster].speed }
    free[slot] = isLost(attempt) ? blackout.endS : attempt.endS
    const endS = isLost(attempt) ? blackout.atS : attempt.endS
    this.run.clusters.placements[cluster]++
    this.run.clusters.busyCoreS[cluster] += cores * Math.max(0, Math.min(horizonS, endS) - Math.max(warmupS, beginS))
    spread(this.run.series.busyCores, beginS, endS, cores, fixtureClusters.length, cluster)
    return attempt
  }

  private choose(nowS: number, work: number, notZone: string | null): number {
    let best = -1
    let bestScore = Number.POSITIVE_INFINITY
    fixtureClusters.forEach((cluster, k) => {
      const dark = cluster.zone === 'eu-1' && nowS >= blackout.atS + blackout.detectionS && nowS < blackout.endS
      if (dark || cluster.zone === notZone) return
      const wait = Math.max(0, this.free[k][earliest(this.free[k])] - nowS)
      const score =
        this.policy === 'fcfs' ? (wait > 0 ? 1e6 + wait : k) : wait + 2 * cluster.away + work / cluster.speed
      if (score < bestScore) {
        best = k
        bestScore = score
      }
    })
    return best
  }
}

const zoneOf = (cluster: number): string => fixtureClusters[cluster].zone

function earliest(free: Float64Array): number {
  let slot = 0
  for (let i = 1; i < free.length; i++) if (free[i] < free[slot]) slot = i
  return slot
}

/** It overlaps the blackout of its zone. */
const isLost = ({ cluster, beginS, endS }: Attempt): boolean =>
  zoneOf(cluster) === 'eu-1' && beginS < blackout.endS && endS > blackout.atS

/** Adds `amount` over [from, to) to means over bins. */
function spread(column: Float64Array, fromS: number, toS: number, amount: number, stride = 1, k = 0): void {
  for (let bin = Math.floor(fromS / binS); bin < bins && bin * binS < toS; bin++) {
    const covered = Math.min(toS, (bin + 1) * binS) - Math.max(fromS, bin * binS)
    if (covered > 0) column[bin * stride + k] += (amount * covered) / binS
  }
}

/** One run: jobs at 4/s of lognormal work for an hour, deadline 15 s. */
export function fixtureRun(policy: FixturePolicy, replication: number): RunResult {
  const random = new Random(42, replication)
  const lognormal = distributions.find(entry => entry.name === 'lognormal')
  const fabric = new Fabric(policy)
  const records: { latency: number; wait: number; run: number }[] = []
  let submitS = 0
  for (let job = 0; ; job++) {
    random.select(streams.arrivals, 0, 1, job)
    submitS += -Math.log(random.uniform()) / 4
    if (submitS >= horizonS) break
    random.select(streams.work, 0, 1, job)
    const attempt = fabric.execute(submitS, lognormal?.draw(random, 6, 0.4) ?? 1)
    count(fabric.run, submitS, attempt, records)
  }
  return finish(fabric.run, records)
}

function count(
  run: RunResult,
  submitS: number,
  attempt: Attempt,
  records: { latency: number; wait: number; run: number }[],
): void {
  const away = fixtureClusters[attempt.cluster].away
  const latency = attempt.endS - submitS + away
  const done = attempt.endS <= horizonS
  const missed = latency > 15 && submitS + 15 <= horizonS
  const tallies = submitS >= warmupS ? [run.total, run.measured] : [run.total]
  for (const tally of tallies) {
    tally.submitted++
    tally[done ? 'completed' : 'unfinished']++
    if (done || missed) tally.deadlines++
    else tally.censored++
    if (missed) tally.deadlineMisses++
  }
  spread(run.series.waiting, submitS, attempt.beginS, 1)
  spread(run.series.running, attempt.beginS, attempt.endS, 1)
  if (done) run.series.completed[Math.min(bins - 1, Math.floor(attempt.endS / binS))]++
  if (missed) run.series.deadlineMisses[Math.min(bins - 1, Math.floor((submitS + 15) / binS))]++
  run.waitingJobS += Math.min(horizonS, attempt.beginS) - submitS
  run.systemJobS += Math.min(horizonS, attempt.endS) - submitS
  if (done && submitS >= warmupS)
    records.push({ latency, wait: attempt.beginS - submitS, run: attempt.endS - attempt.beginS })
}

function finish(run: RunResult, records: { latency: number; wait: number; run: number }[]): RunResult {
  const sorted = (value: (row: (typeof records)[number]) => number) => Float64Array.from(records, value).sort()
  run.samples = {
    latency: sorted(row => row.latency),
    waitTime: sorted(row => row.wait),
    responseTime: sorted(row => row.wait + row.run),
    boundedSlowdown: sorted(row => Math.max(1, (row.wait + row.run) / Math.max(row.run, 10))),
  }
  run.sojournS = run.systemJobS
  run.events = run.total.submitted * 3
  run.decisionPasses = run.total.submitted
  for (const [k, cluster] of fixtureClusters.entries()) power(run, cluster, k)
  return run
}

function power(run: RunResult, cluster: (typeof fixtureClusters)[number], k: number): void {
  const cores = cluster.nodes * cluster.cores
  for (let bin = 0; bin < bins; bin++) {
    const down = cluster.zone === 'eu-1' && bin * binS >= blackout.atS && bin * binS < blackout.endS
    const up = down ? 0 : cluster.nodes
    const index = bin * fixtureClusters.length + k
    const busy = (cluster.nodes * (cluster.busyW - cluster.idleW) * run.series.busyCores[index]) / cores
    run.series.upNodes[index] = up
    run.series.watts[index] = cluster.pue * (up * cluster.idleW + busy)
    if (bin * binS < warmupS) continue
    run.clusters.energyJ[k] += run.series.watts[index] * binS
    run.clusters.idleEnergyJ[k] += cluster.pue * up * cluster.idleW * binS
    run.clusters.upCoreS[k] += up * cluster.cores * binS
    run.clusters.capacityCoreS[k] += cores * binS
  }
}

function emptyRun(): RunResult {
  const tally = () => ({
    submitted: 0,
    completed: 0,
    failed: 0,
    rejected: 0,
    cancelled: 0,
    unfinished: 0,
    deadlines: 0,
    deadlineMisses: 0,
    censored: 0,
  })
  const perCluster = () => new Float64Array(fixtureClusters.length)
  const perBin = (stride = 1) => new Float64Array(bins * stride)
  const none = new Float64Array(0)
  return {
    endS: horizonS,
    boots: 0,
    total: tally(),
    measured: tally(),
    samples: { latency: none, waitTime: none, responseTime: none, boundedSlowdown: none },
    clusters: {
      energyJ: perCluster(),
      emissionsG: perCluster().fill(Number.NaN),
      cost: perCluster().fill(Number.NaN),
      idleEnergyJ: perCluster(),
      busyCoreS: perCluster(),
      upCoreS: perCluster(),
      switchedCoreS: perCluster(),
      capacityCoreS: perCluster(),
      placements: perCluster(),
    },
    series: {
      widthS: binS,
      bins,
      waiting: perBin(),
      running: perBin(),
      submitted: perBin(),
      completed: perBin(),
      deadlineMisses: perBin(),
      busyCores: perBin(fixtureClusters.length),
      watts: perBin(fixtureClusters.length),
      upNodes: perBin(fixtureClusters.length),
    },
    waitingJobS: 0,
    systemJobS: 0,
    sojournS: 0,
    lostAttempts: 0,
    wastedCoreS: 0,
    contendedCoreS: 0,
    strandedCoreS: 0,
    shadowPlacements: 0,
    events: 0,
    decisionPasses: 0,
    visits: 0,
  }
}
