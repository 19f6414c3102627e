import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { intervalOf, momentsOf } from '../../engine/statistics/moments.ts'
import type { ResultRow } from '../../reports/results.ts'
import { attemptEnds } from '../../runner/verify/attempts.ts'
import { simple } from '../../runner/verify/energy-rows.ts'
import { errorOf } from '../../runner/verify/errors-of.ts'
import { judge, verdictOf } from '../../runner/verify/judge.ts'
import { kendall } from '../../runner/verify/kendall.ts'
import { rowOf } from '../../runner/verify/latency-rows.ts'
import { observationFile, readObservations } from '../../runner/verify/observation-file.ts'
import { partsOf, withModelledStartUp } from '../../runner/verify/parts.ts'
import { withRanges } from '../../runner/verify/ranges.ts'
import { sampleOf } from '../../runner/verify/sample.ts'
import { observedSide, pairJobs, type Side } from '../../runner/verify/sides.ts'
import { coreSeconds, workOf } from '../../runner/verify/work.ts'
import { parse } from '../scenario/parse.ts'
import { modelOf, observe, world } from './worlds.ts'

describe('errors of pairs, by hand', () => {
  const predicted = Float64Array.of(2, 4, 6, 8)
  const observed = Float64Array.of(1, 5, 0, 10)

  test('bias, mean absolute error, and its part of what was observed', () => {
    // errors 1, −1, 6, −2: mean 1; |errors| mean 2.5; parts 1, 0.2, (none: observed 0), 0.2.
    expect(errorOf(predicted, observed, 'mean')).toMatchObject({ predicted: 5, observed: 4, error: 1, mae: 2.5, n: 4 })
    expect(errorOf(predicted, observed, 'mean').mape).toBeCloseTo(1.4 / 3, 12)
    expect(errorOf(predicted, observed, 'total').error).toBe(4)
  })

  test('p95 is the element at floor(0.95 (n − 1)) of each side by itself', () => {
    expect(errorOf(predicted, observed, 'p95')).toMatchObject({ predicted: 6, observed: 5, error: 1 })
  })

  test('totals may cancel: no bias, and every job wrong', () => {
    const { error, mape } = errorOf(Float64Array.of(1, 3), Float64Array.of(2, 2), 'total')
    expect([error, mape]).toEqual([0, 0.5])
  })

  test('the interval of a constant error is that error', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => i * i)
    const { low, high } = errorOf(
      values.map(value => value + 3),
      values,
      'mean',
    )
    expect(low).toBeCloseTo(3, 9)
    expect(high).toBeCloseTo(3, 9)
  })

  test('the interval holds the true bias of neighbours that share their luck', () => {
    let held = 0
    for (let seed = 0; seed < 40; seed++) {
      // Errors with a true mean of 1 and a cosine's memory of some ten jobs.
      const errors = Float64Array.from(
        { length: 300 },
        (_, i) => 1 + Math.cos(i * 0.6 + seed) + Math.sin(i * 2.1 * seed),
      )
      const { low, high } = errorOf(errors, new Float64Array(300), 'mean')
      if (low <= 1 && high >= 1) held++
    }
    expect(held).toBeGreaterThanOrEqual(36)
  })
})

test('Kendall’s tau-b, by hand', () => {
  expect(kendall([1, 2, 3], [10, 20, 30])).toBe(1)
  expect(kendall([1, 2, 3], [3, 2, 1])).toBe(-1)
  // Pairs: (1,2) agrees, (1,3) agrees, (2,3) is swapped.
  expect(kendall([1, 2, 3], [1, 3, 2])).toBeCloseTo(1 / 3, 12)
  // A tie on one side: 2 pairs agree, of 3 and 2 that are ordered.
  expect(kendall([1, 2, 3], [1, 2, 2])).toBeCloseTo(2 / Math.sqrt(6), 12)
  expect(kendall([1, 1], [1, 2])).toBeNaN()
})

describe('judging', () => {
  const evidence = {
    error: 0.5,
    low: 0.3,
    high: 0.7,
    scale: 10,
    tolerance: 0.1,
    jobs: 100,
    uncertainty: 0.01,
    unit: 's',
    given: null,
    untrusted: null,
  }
  test.each([
    ['all within', {}, 'pass'],
    ['all beyond', { error: 2, low: 1.5, high: 2.5 }, 'fail'],
    ['all beyond, below', { error: -2, low: -2.5, high: -1.5 }, 'fail'],
    ['across the bound', { error: 0.9, low: 0.6, high: 1.2 }, 'inconclusive'],
    ['given, although wrong', { error: 5, low: 5, high: 5, given: 'told' }, 'given'],
    ['not to be trusted, although right', { untrusted: 'no meter' }, 'inconclusive'],
    ['known too coarsely', { uncertainty: 1.5 }, 'inconclusive'],
    ['of few jobs', { jobs: 9 }, 'inconclusive'],
    ['of nothing', { scale: 0 }, 'inconclusive'],
  ] as const)('%s', (_name, changed, status) => {
    expect(judge({ ...evidence, ...changed }).status).toBe(status)
  })

  test('what was given or is shown decides nothing', () => {
    expect(verdictOf(['given', 'shown'])).toBe('inconclusive')
    expect(verdictOf(['given', 'pass', 'shown'])).toBe('pass')
    expect(verdictOf(['pass', 'inconclusive'])).toBe('inconclusive')
    expect(verdictOf(['pass', 'inconclusive', 'fail'])).toBe('fail')
  })
})

describe('ranges of a single run, over replications', () => {
  /** As the results of a prediction have them. */
  const estimates = (latency: readonly number[], energy: readonly number[]): ResultRow[] =>
    Object.entries({ 'latency.mean': latency, energy }).map(([metric, values]) => {
      const { estimate, low, high, n } = intervalOf(momentsOf(values))
      const finite = (value: number) => (Number.isFinite(value) ? value : null)
      const interval = { estimate, low: finite(low), high: finite(high), n }
      return { point: 0, policy: 'p', scope: 'fabric', metric, unit: '', method: 't', ...interval }
    })
  const observed = (value: number, quantity = 'latency', statistic: 'mean' | 'total' = 'mean') =>
    rowOf('fabric', quantity, statistic, 's', simple(0, value))

  test('mean ± t s √(1 + 1/n), by hand', () => {
    // Of 8 and 12: mean 10, s = √8, t(0.975, 1) = 12.7062: half = 12.7062 · √8 · √1.5 = 44.0157.
    const of8And12 = estimates([8, 12], [1, 1])
    const [row] = withRanges([observed(50)], of8And12)
    expect(row.range?.low).toBeCloseTo(10 - 44.0157, 3)
    expect(row.range?.high).toBeCloseTo(10 + 44.0157, 3)
    expect(row.range?.covered).toBe(true)
    expect(withRanges([observed(55)], of8And12)[0].range?.covered).toBe(false)
  })

  test('none of one replication, of what did not happen, or of what no metric predicts', () => {
    const trials = estimates([8, 12, Number.NaN], [1, 1, 1])
    expect(withRanges([observed(50)], estimates([8], [1]))[0].range).toBeNull()
    expect(withRanges([observed(Number.NaN)], trials)[0].range).toBeNull()
    expect(withRanges([observed(1, 'queueing')], trials)[0].range).toBeNull()
    expect(withRanges([observed(1, 'energy', 'total')], trials)[0].range).toEqual({ low: 1, high: 1, covered: true })
  })
})

test('jobs within the noise of a calibration', () => {
  const scenario = world()
  const side = observedSide(modelOf(scenario), observe(scenario))
  const { completed } = pairJobs(modelOf(scenario), side.jobs, side.jobs)
  const later = (byS: number): Side => ({
    ...side,
    jobs: { ...side.jobs, latency: side.jobs.latency.map((latencyS, row) => latencyS + (row % 4 === 0 ? byS : 0)) },
  })
  const coverage = (seen: Side, runTime: number) =>
    sampleOf(modelOf(scenario), side, seen, completed, { runTime, startUp: 0 }).coverage
  expect(coverage(side, 0)).toBe(1)
  expect(coverage(later(60), 0.1)).toBe(0.75)
  expect(coverage(later(60), 100)).toBe(1)
  expect(sampleOf(modelOf(scenario), side, side, completed, null).coverage).toBeNull()
})

describe('parts of latencies', () => {
  const stages =
    '[{id: in, duration: 2s}, {id: left, after: [in], duration: 9s}, {id: right, after: [in], duration: 3s}]'
  const dark = world({
    job: `{stages: ${stages}}`,
    policies: '[{resilient: {shadows: 1, only: all, mode: standby}}]',
    failures: '[{at: 30s, for: 60s, blackout: {cluster: b}}, {at: 200s, for: 60s, blackout: {cluster: a}}]',
  })

  test('they add up to the latency of every job, along the stages that held it up', () => {
    const model = modelOf(dark)
    const { jobs, attempts } = observe(dark)
    const late = withModelledStartUp(model, attempts, new Float64Array(model.clusters.count).fill(0.4))
    for (const side of [attempts, withModelledStartUp(model, attempts), late]) {
      const parts = partsOf(model, jobs, side)
      for (const [row, latencyS] of jobs.latency.entries()) {
        const sum = Object.values(parts).reduce((total, column) => total + column[row], 0)
        expect(sum).toBeCloseTo(latencyS, 9)
        expect(Math.min(...Object.values(parts).map(column => column[row]))).toBeGreaterThan(-1e-9)
      }
      expect(parts.recovery.some(value => value > 5)).toBe(true)
    }
  })

  test('the log tells what became of attempts', () => {
    const { attempts } = observe(dark)
    const ends = [...attempts.end].map(end => attemptEnds[end])
    expect(ends).toContain('lost')
    expect(ends).toContain('removed')
    expect(ends).not.toContain('open')
    const lost = [...ends.keys()].filter(row => ends[row] === 'lost')
    // Detected ten seconds after the failure, unless it was placed while nobody knew.
    for (const row of lost) expect(attempts.clearedS[row] - attempts.endS[row]).toBeLessThanOrEqual(10 + 1e-9)
  })

  test('core-seconds of finished attempts are the work on the node; what is lost burnt as long as it ran', () => {
    const model = modelOf(dark)
    const { attempts } = observe(dark)
    const coreS = coreSeconds(model, attempts, workOf(model, 0, attempts))
    for (const [row, end] of attempts.end.entries()) {
      const ranS = attempts.endS[row] - attempts.beginS[row]
      if (Number.isNaN(ranS)) expect(coreS[row]).toBe(0)
      else if (attemptEnds[end] === 'finished' || attemptEnds[end] === 'lost') expect(coreS[row]).toBeCloseTo(ranS, 9)
    }
  })
})

describe('energy and emissions of a job, by hand', () => {
  test('core-seconds times the slope of the power curve, times the intensity in force', () => {
    const scenario = parse({
      head: 'warmup: 0s',
      fabric: `fabric:
    pools: {p: {extends: lab, cpu: 4, memory: 8Gi, pue: 1.5, startup: 0s, power: {idle: 20W, busy: 60W}}}
    clusters: [{name: lab, pool: p, nodes: 1, carbon: 100}]`,
      workloads: `workloads:
    - {name: w, origin: {cluster: lab}, arrivals: {process: deterministic, interval: 100s, maxJobs: 2}, job: {stages: [{cpu: 2, duration: 36s}]}}`,
    }).scenario
    Object.assign(scenario.clusters[0], { carbon: { source: '', atS: [0, 118], gramsPerKwh: [100, 400] } })
    const side = observedSide(modelOf(scenario), observe(scenario))
    // 2 cores · 36 s; 40 W / 4 cores · 1.5 = 15 J per core-second.
    expect([...side.coreS]).toEqual([72, 72])
    expect([...side.energyJ]).toEqual([1080, 1080])
    // Jobs run from 100 s to 136 s, half at 100 and half at 400 g/kWh, and from 200 s on at 400 g/kWh.
    expect(side.emissionsG[0]).toBeCloseTo((1080 / 3.6e6) * 250, 12)
    expect(side.emissionsG[1]).toBeCloseTo((1080 / 3.6e6) * 400, 12)
  })
})

describe('observations in a folder', () => {
  test('come back as they were', () => {
    const folder = mkdtempSync(join(tmpdir(), 'observation-'))
    try {
      const observation = observe(world(), 0, { given: ['network'] })
      const { name, content } = observationFile(observation)
      writeFileSync(join(folder, name), content)
      expect(readObservations(folder)).toEqual([observation])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('a folder without any is said to have none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'observation-'))
    expect(() => readObservations(folder)).toThrow('holds no observation')
    writeFileSync(join(folder, 'observation-x.json'), '{"apiVersion": "other"}')
    expect(() => readObservations(folder)).toThrow('it is of other, not of fabricdt.io/observation.v1alpha1')
    rmSync(folder, { recursive: true })
    expect(() => readObservations(folder)).toThrow('cannot read')
  })
})
