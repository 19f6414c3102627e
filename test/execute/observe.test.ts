/** What becomes of an executed run as an observation. */
import { describe, expect, it } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import type { LiveAttempt } from '../../engine/live-attempt.ts'
import type { Provider } from '../../runner/clusters/provider.ts'
import type { Executed } from '../../runner/execute/execute-policy.ts'
import { observe } from '../../runner/execute/observe.ts'
import { Lifecycle } from '../../runner/telemetry/lifecycle.ts'
import { tinyModel } from '../reference/tiny-model.ts'

const policy = { label: 'fcfs', name: 'fcfs', options: {} }
const real = { name: 'real', given: new Set(['network']) } as unknown as Provider
const told = { name: 'told', given: new Set(['runTime', 'startUp']) } as unknown as Provider

/** Three jobs, the first two on node 0 and the third on node 1; what their containers said, NaN of nothing. */
function executedOf(cpuS: number[], more: Partial<Executed> = {}, model = modelOf()): Executed {
  const result = simulate(model, findPolicy('fcfs')!.create({}), {
    replication: 0,
    record: { jobs: true, events: true },
  })
  const attemptOf = (ordinal: number) =>
    ({ workload: 0, ordinal, stage: 0, number: 0, stageClass: 0, nodes: [{ node: 0 }] }) as unknown as LiveAttempt
  const lifecycle = new Lifecycle()
  const times = { phase: 'succeeded', boundMs: null, beganMs: null, endedMs: null, receiptMs: 1 }
  for (const [i, seconds] of cpuS.entries())
    lifecycle.pod('c', { job: `${i}`, uid: `${i}`, ...times, cpuS: Number.isNaN(seconds) ? null : seconds })
  return {
    result: { ...result, log: result.log! },
    appliedS: new Map([[attemptOf(1), 2.5]]),
    failures: [],
    lifecycle,
    placeOf: job => ({ attempt: attemptOf(Number(job)), node: job === '2' ? 1 : 0 }),
    problems: [],
    interrupted: new Set<string>(),
    ...more,
  }
}

const trace = [1, 2, 3].map(submitS => ({ submitS, runS: 5 }))
const modelOf = (more = {}) =>
  tinyModel({
    nodes: 2,
    node: { cpuMilli: 2000 },
    workloads: [{ name: 'w', trace, request: { cpuMilli: 1000 } }],
    ...more,
  })

const observed = (executed: Executed, provider = real, model = modelOf()) =>
  observe({ model, provider, replication: 0, scaling: 3 }, policy, executed)

describe('an observation', () => {
  it('knows when attempts were applied, and what was given', () => {
    const { attempts, given, telemetry, cpu } = observed(executedOf([]), told)
    expect([...attempts.appliedS]).toEqual([Number.NaN, 2.5, Number.NaN])
    expect(given).toEqual(['runTime', 'startUp', 'network', 'energy'])
    expect([telemetry.missing, telemetry.resolutionMs, cpu]).toEqual([[], 1, undefined])
  })

  it('holds what containers say in declared cores, rounding undone', () => {
    // 1000m at 1:3 are 333m.
    const { cpu } = observed(executedOf([0.333, Number.NaN, 0.666]))
    expect(cpu).toEqual({
      source: 'the containers’ own count (getrusage)',
      coreS: new Float64Array([1, Number.NaN, 2]),
    })
  })

  it('holds what cAdvisor measured, shared out by what containers say', () => {
    const nodeCpuS = new Map([
      ['c-01', 0.666],
      ['c-02', 0.333],
    ])
    const { cpu } = observed(executedOf([0.111, 0.222, 0.3], { nodeCpuS }))
    expect(cpu!.source).toBe('cAdvisor')
    for (const [i, value] of [2 / 3, 4 / 3, 1].entries()) expect(cpu!.coreS[i]).toBeCloseTo(value, 9)
  })

  it('says when a provider could not keep to the begins that it was told', () => {
    const begun = (startupS: number, lateS: number) => {
      const executed = executedOf([])
      const attempt = { workload: 0, ordinal: 1, stage: 0, number: 0, stageClass: 0, startupS, nodes: [{ node: 0 }] }
      // The second of the jobs begins with second 2.
      return { ...executed, appliedS: new Map([[attempt as unknown as LiveAttempt, 2 - startupS - lateS]]) }
    }
    const why =
      'told was told to begin containers after 2.00 s, and was 0.60 s late in the mean: the machine had too much to do'
    expect(observed(begun(2, 0.6), told).telemetry.missing).toEqual([{ what: 'all', why }])
    expect(observed(begun(2, 0.4), told).telemetry.missing).toEqual([])
    expect(observed(begun(0, 0.2), told).telemetry.missing).toEqual([])
    // A cluster that was away is late for another reason.
    const away = { ...begun(2, 0.6), interrupted: new Set(['c']) }
    expect(observed(away, told).telemetry.missing).toEqual([])
    // One that was not told finds it out.
    expect(observed(begun(2, 0.6), real).telemetry.missing).toEqual([])
  })

  it('says what went wrong, what was but modelled, and what the provider does not know', () => {
    const failure = { label: 'zone z', cluster: 'c', plannedS: 1, injectedS: 1, detectedS: null, recoveredS: 2 }
    const failures = [{ ...failure, means: 'modelled' }]
    const { telemetry } = observed(executedOf([], { failures, problems: [{ what: 'all', why: 'c fell silent' }] }))
    expect(telemetry.missing.map(({ what }) => what)).toEqual(['all', 'detection', 'restart'])
    const elastic = modelOf({ node: { cpuMilli: 2000, coreMilli: 1000 } })
    const crowded = observed(executedOf([], {}, elastic), told, elastic)
    expect(crowded.telemetry.missing.map(({ what }) => what)).toEqual(['runTime', 'latency'])
  })

  describe('of energy', () => {
    const nodeJ = new Map([
      ['c-01', 100],
      ['c-02', 50],
    ])
    const energy = { source: 'Kepler (platform)', nodeJ }
    const at = (scaling: number, more: Partial<Executed>, provider = real) =>
      observe({ model: modelOf(), provider, replication: 0, scaling }, policy, executedOf([], more))

    it('that was measured takes the place of the model’s, and is given no more', () => {
      const measured = at(1, { energy })
      expect(measured.energy).toEqual({ source: 'Kepler (platform)', energyJ: new Float64Array([150]) })
      expect(measured.given).toEqual(['network'])
      expect(at(1, { energy: null }).given).toEqual(['network', 'energy'])
    })

    it('of simulated nodes stays given, whoever shows figures for them', () => {
      const simulated = { name: 'kwok', given: new Set(['energy']) } as unknown as Provider
      expect(at(1, { energy }, simulated)).toMatchObject({
        given: ['energy', 'network'],
        energy: { source: energy.source },
      })
    })

    it('of some nodes only is not that of their cluster', () => {
      const some = at(1, { energy: { ...energy, nodeJ: new Map([['c-01', 100]]) } })
      expect([some.energy, some.given]).toEqual([undefined, ['network', 'energy']])
    })

    it('of scaled nodes does not stand for that of declared ones, which is said', () => {
      const scaled = at(100, { energy, sources: ['Kepler: all of it'] })
      expect([scaled.energy, scaled.given]).toEqual([undefined, ['network', 'energy']])
      expect(scaled.telemetry.sources).toEqual([
        'Kepler: all of it',
        expect.stringMatching(/^at 1:100 a node’s measured/),
      ])
    })
  })
})
