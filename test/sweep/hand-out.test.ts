/** How batches are handed out: threads of a clock that this file keeps, so that a busy machine changes nothing. */
import { describe, expect, it } from 'vitest'
import { rowLength } from '../../reports/summary/row.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'
import { Kept } from '../../runner/sweep/kept.ts'
import type { Point } from '../../runner/sweep/point.ts'
import { Sweep } from '../../runner/sweep/run-points.ts'
import type { TrialKey } from '../../runner/sweep/trial.ts'
import type { Batch } from '../../runner/sweep/worker.ts'

interface World {
  /** Milliseconds of each trial, by point. */
  readonly trialMs: readonly number[]
  readonly replications: number
  /** Whether anyone can tell beforehand that trials of a point take longer. */
  readonly told: boolean
  readonly threads: number
}

const pointsOf = ({ trialMs, replications, told }: World): Point[] =>
  trialMs.map((ms, index) => ({
    index,
    scenario: { policies: [{}], clusters: [], replications, replicationsUntil: null } as unknown as Scenario,
    random: true,
    weight: told ? ms : 1,
    work: () => ({ model: {}, policies: [] }) as unknown as ReturnType<Point['work']>,
  }))

/** Plays a sweep: two batches a thread are out at once, the next one starts where a thread is free, in order. */
function play(world: World) {
  const { trialMs, replications, threads } = world
  const trials = trialMs.length * replications
  const settled: TrialKey[] = []
  const points = pointsOf(world)
  const options = { threads, onPlan: () => {}, onTrials: () => {}, summarize: () => null, cache: null }
  const sweep = new Sweep(points, new Kept(points, null), { ...options, signal: new AbortController().signal }, trials)
  const queue: Batch[] = []
  const busy: { until: number; batch: Batch }[] = []
  const lengths: number[] = []
  let now = 0
  const fill = () => {
    for (let batch: Batch | null; queue.length + busy.length < 2 * threads; queue.push(batch)) {
      batch = sweep.next()
      if (batch === null) break
      lengths.push(batch.keys.length)
    }
    while (busy.length < threads && queue.length > 0) {
      const batch = queue.shift() as Batch
      busy.push({ batch, until: now + batch.keys.reduce((sum, key) => sum + trialMs[key.point], 0.05) })
    }
  }
  for (fill(); busy.length > 0; fill()) {
    busy.sort((a, b) => a.until - b.until)
    const { until, batch } = busy.shift() as (typeof busy)[number]
    now = until
    settled.push(...batch.keys)
    sweep.settle(batch.keys.map(key => ({ ...key, wallMs: trialMs[key.point], row: new Float64Array(rowLength(0)) })))
  }
  const workMs = replications * trialMs.reduce((sum, ms) => sum + ms)
  return { settled, lengths, batches: lengths.length, efficiency: workMs / threads / now, outcome: sweep.outcome() }
}

const alike = Array.from({ length: 20 }, () => 2)

describe('batches', () => {
  it('hand out every trial once', () => {
    const { settled, outcome } = play({ trialMs: [1, 30, 5], replications: 40, told: false, threads: 3 })
    expect(new Set(settled.map(({ point, replication }) => `${point} ${replication}`)).size).toBe(120)
    expect([settled.length, outcome.trials, outcome.points.length]).toEqual([120, 120, 3])
  })

  it.each([
    ['alike', alike, 50, true],
    ['one point 20 times longer, and last, as its jobs tell', [...alike, 40], 50, true],
    ['the same, and nothing tells', [...alike, 40], 50, false],
    ['one trial a batch', [60, 60, 60, 60, 60, 60], 20, true],
    ['20 times longer than those of 60 ms, and last', [60, 60, 60, 60, 60, 1200], 20, true],
  ])('keep two threads busy to the end: %s', (_, trialMs, replications, told) => {
    expect(play({ trialMs, replications, told, threads: 2 }).efficiency).toBeGreaterThan(0.98)
  })

  it('are worth their message: a hundred thousand trials of 0.2 ms go in some hundred', () => {
    const { batches, lengths, efficiency } = play({ trialMs: [0.2], replications: 100_000, told: true, threads: 2 })
    expect(efficiency).toBeGreaterThan(0.98)
    expect(batches).toBeLessThan(1000)
    // 25 ms each.
    expect(Math.max(...lengths)).toBeLessThanOrEqual(126)
    expect(lengths.at(-1)).toBe(1)
  })

  it('begin with the points that have the most work', () => {
    const { settled } = play({ trialMs: [1, 50, 10], replications: 4, told: true, threads: 1 })
    expect([...new Set(settled.map(({ point }) => point))]).toEqual([1, 2, 0])
  })
})
