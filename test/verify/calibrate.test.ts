import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ScenarioError } from '../../runner/errors.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'
import { calibrate } from '../../runner/verify/calibrate/calibrate.ts'
import { calibrationYaml } from '../../runner/verify/calibrate/calibration-yaml.ts'
import { fitLine } from '../../runner/verify/calibrate/line.ts'
import type { Observation } from '../../runner/verify/observation.ts'
import { noisy } from './noisy.ts'
import { compareWorlds, modelOf, observe, world } from './worlds.ts'

const pools = (speed: number, startup: string) =>
  `{far: {extends: lab, cpu: 4, memory: 8Gi, speed: ${speed}, startup: ${startup}}}`

const believed = world()
const truth = world({ lab: '1.5s', pools: pools(0.8, '3s') })

const calibrated = (observations: readonly Observation[], of: Scenario = believed) =>
  calibrate('test', [{ name: 'run', model: modelOf(of), observations }])

const within = (fit: { low: number; high: number } | undefined, value: number): boolean =>
  fit !== undefined && fit.low <= value && value <= fit.high

describe('a line by least squares', () => {
  test('known by hand', () => {
    // y = 1 + 2x, and one point 1 above, one 1 below.
    const { offset, slope, sigma } = fitLine([0, 1, 2, 3], [1, 4, 4, 7], [1, 1, 1, 1])
    expect(slope.value).toBeCloseTo(1.8, 12)
    expect(offset.value).toBeCloseTo(1.3, 12)
    expect(sigma).toBeCloseTo(Math.sqrt(1.8 / 2), 12)
    // t(0.975, 2) = 4.3027; the slope's variance is σ² / Σ(x − x̄)² = 0.9 / 5.
    expect(slope.high - slope.value).toBeCloseTo(4.302653 * Math.sqrt(0.9 / 5), 5)
  })

  test('through the origin, and of points that are all alike', () => {
    expect(fitLine([1, 2], [2, 4], [1, 1], true).slope.value).toBe(2)
    expect(fitLine([3, 3, 3], [6, 6, 6], [1, 1, 1])).toMatchObject({ offset: { value: 0 }, slope: { value: 2 } })
  })
})

describe('what is known is recovered', () => {
  test('speed and start-up, exactly without noise', () => {
    const { calibration } = calibrated([observe(truth)])
    expect(calibration.pools.far.speed?.value).toBeCloseTo(0.8, 9)
    expect(calibration.pools.far.startupS?.value).toBeCloseTo(3, 9)
    expect(calibration.pools.lab.speed?.value).toBeCloseTo(1, 9)
    expect(calibration.clusters.a.startupS?.value).toBeCloseTo(1.5, 9)
    expect(calibration.noise.runTime).toBeLessThan(1e-9)
  })

  test('from what was seen: one that ended as soon as it was heard of says nothing', () => {
    const observation = observe(truth)
    const { beginS, endS } = observation.attempts
    beginS[3] = endS[3]
    const { calibration, notes } = calibrated([observation])
    expect(calibration.pools.far.speed?.value).toBeCloseTo(0.8, 9)
    expect(notes).toContain('1 attempts left out: was not seen running')
  })

  test('within their intervals, and the noise itself, with noise', () => {
    const { calibration, check } = calibrated([noisy(observe(truth), { run: 0.1, start: 0.2 })])
    expect(within(calibration.pools.far.speed, 0.8)).toBe(true)
    expect(within(calibration.pools.far.startupS, 3)).toBe(true)
    // Uniform within ±a has a standard deviation of a / √3.
    expect(calibration.noise.runTime).toBeCloseTo(0.1 / Math.sqrt(3), 2)
    expect(calibration.noise.startUp).toBeCloseTo(0.2 / Math.sqrt(3), 1)
    expect(check?.before).toBeGreaterThan(0.1)
    expect(check?.after).toBeLessThan(0.06)
  })

  test('seconds of a run that do not depend on its work count as start-up', () => {
    const { calibration, notes } = calibrated([noisy(observe(truth), { run: 0.01, overheadS: 0.7 })])
    expect(calibration.pools.far.speed?.value).toBeCloseTo(0.8, 2)
    expect(calibration.pools.far.startupS?.value).toBeCloseTo(3.7, 1)
    expect(calibration.pools.far.lateS?.value).toBeCloseTo(0.7, 1)
    expect(notes.filter(note => note.includes('do not depend on its work'))).toHaveLength(2)
  })

  test('speed is not confused with sharing a crowded node', () => {
    const job = '{stages: [{cpu: 1, use: 2, memory: 1Gi, duration: {lognormal: {mean: 9s, cv: 0.5}}}]}'
    const crowded = world({ job, pools: pools(0.8, '3s'), lab: '1.5s' })
    const observation = observe(crowded)
    const { calibration } = calibrated([observation], world({ job }))
    const stretched = observation.attempts.endS.reduce(
      (most, endS, row) => Math.max(most, endS - observation.attempts.beginS[row]),
      0,
    )
    expect(stretched).toBeGreaterThan(20)
    expect(calibration.pools.far.speed?.value).toBeCloseTo(0.8, 6)
    expect(calibration.pools.lab.speed?.value).toBeCloseTo(1, 6)
  })

  test('factors of emulation, where the speed is known from native work', () => {
    const native = '{id: x86, cpu: 2, memory: 1Gi, duration: {lognormal: {mean: 9s, cv: 0.5}}}'
    const foreign = '{id: arm, cpu: 2, memory: 1Gi, duration: 0.5s, arch: [arm64]}'
    const emulating = (factor: number) => {
      const scenario = world({
        job: `{stages: [${native}, ${foreign}]}`,
        pools: '{far: {extends: lab, cpu: 4, memory: 8Gi, startup: 2s, speed: 0.9, formats: [native, emulated]}}',
      })
      return { ...scenario, modes: { ...scenario.modes, emulated: factor } }
    }
    const { calibration } = calibrated([observe(emulating(5))], emulating(8))
    expect(calibration.modes.emulated?.value).toBeCloseTo(5, 6)
    expect(calibration.pools.far.speed?.value).toBeCloseTo(0.9, 6)
  })

  test('watts, from runs of different load', () => {
    const runs = ['0.2/s', '0.65/s', '1/s', '1.4/s'].map(rate => {
      const scenario = world({})
      const [workload] = scenario.workloads
      Object.assign(workload.arrivals, { ratePerS: Number.parseFloat(rate) })
      for (const cluster of scenario.clusters) Object.assign(cluster.power, { idleW: 30, busyW: 90 })
      return { name: rate, model: modelOf(scenario), observations: [observe(scenario)] }
    })
    const { calibration, notes } = calibrate('watts', runs)
    expect(calibration.pools.far.idleW?.value).toBeCloseTo(30, 6)
    expect(calibration.pools.far.busyW?.value).toBeCloseTo(90, 6)
    expect(calibrate('watts', runs.slice(0, 1)).notes.join()).toContain('cannot be told apart')
    expect(notes.join()).not.toContain('cannot be told apart')
  })
})

describe('what says nothing is not learnt from', () => {
  test('what was given', () => {
    const { calibration, notes } = calibrated([observe(truth, 0, { given: ['runTime', 'startUp', 'energy'] })])
    expect(calibration.pools).toEqual({ far: {}, lab: {} })
    expect(notes).toContain('speed: run times were given to the clusters, so they say nothing')
    expect(notes).toContain('start-up: it was given to the clusters, so it says nothing')
  })

  test('attempts that were lost', () => {
    const dark = world({ pools: pools(0.8, '3s'), failures: '[{at: 60s, for: 90s, blackout: {cluster: b}}]' })
    const { calibration, notes } = calibrated([observe(dark)])
    expect(calibration.pools.far.speed?.value).toBeCloseTo(0.8, 9)
    expect(notes.join()).toMatch(/\d+ attempts left out: did not finish/)
  })
})

describe('the next prediction is better, on work that it was not fitted to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calibration-'))
  const file = join(folder, 'calibration.yaml')
  const { calibration } = calibrated([noisy(observe(truth), { run: 0.05, start: 0.1 })])
  writeFileSync(file, calibrationYaml(calibration))

  const scenarioText = (
    include: string,
    speed: number,
    startup: string,
    lab: string,
  ) => `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: next}
spec:
  seed: 99
  ${include}
  fabric:
    pools: ${pools(speed, startup)}
    clusters:
      - {name: a, pool: lab, nodes: 2, startup: ${lab}, detection: 10s}
      - {name: b, pool: far, nodes: 3, detection: 10s}
    network: {latency: 50ms}
  workloads:
    - name: others
      origin: {cluster: a}
      arrivals: {rate: 0.5/s, maxJobs: 300}
      job: {stages: [{cpu: 2, memory: 1Gi, duration: {exponential: {mean: 9s}}}]}
  policies: [least-allocated]
`
  const next = (include: string, speed = 1, startup = '2s', lab = '1s') =>
    parseScenario(scenarioText(include, speed, startup, lab), join(folder, 'next.yaml'), {})

  test('with the file included, the latency is right; without, it is not', () => {
    const seen = observe(next('', 0.8, '3s', '1.5s').scenario)
    const error = (of: Scenario) => {
      const row = compareWorlds(of, [seen]).policies[0].rows.find(({ quantity }) => quantity === 'latency')
      return Math.abs(row?.error ?? Number.NaN) / (row?.observed ?? Number.NaN)
    }
    expect(error(next('').scenario)).toBeGreaterThan(0.1)
    expect(error(next('calibration: calibration.yaml').scenario)).toBeLessThan(0.03)
  })

  test('the scenario says where the figures come from', () => {
    const { scenario, files } = next('calibration: calibration.yaml')
    expect(scenario.calibration?.sources[0]).toMatch(/^Calibrated by test: \d+ attempts of 400 jobs on fake: run$/)
    expect(scenario.calibration?.sources.join('\n')).toMatch(/Measured of pool far: speed 0\.(79|8)/)
    expect(files).toContainEqual({ path: file, role: 'calibration' })
  })

  test('a file that is wrong is told at its line', () => {
    writeFileSync(
      join(folder, 'wrong.yaml'),
      'apiVersion: fabricdt.io/v1alpha1\nkind: Calibration\nspec:\n  pools:\n    far: {sped: {value: 1}, speed: {value: fast}}\n',
    )
    try {
      next('calibration: wrong.yaml')
      expect.fail('it should have been refused')
    } catch (error) {
      expect((error as ScenarioError).diagnostics).toMatchObject([
        { code: 'unknown-field', line: 5, hint: 'Did you mean “speed”?' },
        { code: 'wrong-type', line: 5, message: 'spec.pools.far.speed.value must be a number of at least 0' },
      ])
    }
    expect(() => next('calibration: absent.yaml')).toThrow(ScenarioError)
    rmSync(folder, { recursive: true })
  })
})
