import { describe, expect, it } from 'vitest'
import { findPolicy, type Policy, simulate } from '../../engine/index.ts'
import { warmUpNote } from '../../reports/summary/warm-up.ts'
import { summarizeCurves, type TrialSeries } from '../../reports/trial-summary.ts'
import { compile } from '../../runner/compile/compile.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import { steadyAfter } from '../../runner/steady.ts'

const scenarioOf = (rate: number, spec: Record<string, unknown> = {}, arrivals: Record<string, unknown> = {}) =>
  parseScenario(
    JSON.stringify({
      apiVersion: 'fabricdt.io/v1alpha1',
      kind: 'Scenario',
      metadata: { name: 'queue' },
      spec: {
        horizon: '3000s',
        warmup: '10s',
        fabric: {
          pools: { one: { cpu: 1, memory: '1Gi', power: { idle: '50W', busy: '100W' } } },
          clusters: [{ name: 'c', pool: 'one', nodes: 1 }],
        },
        workloads: [
          {
            name: 'w',
            origin: { cluster: 'c' },
            arrivals: { rate: `${rate}/s`, ...arrivals },
            job: { stages: [{ memory: '1Mi', duration: { exponential: { mean: '1s' } } }] },
          },
        ],
        policies: ['fcfs'],
        ...spec,
      },
    }),
    'queue.yaml',
  ).scenario

/** M/M/1 begun empty, over 3,000 s. */
function seriesOf(rate: number, seed: number, replications: number): TrialSeries[] {
  const { model } = compile(scenarioOf(rate, { seed }))
  const policy = () => findPolicy('fcfs')?.create({}) as Policy
  return Array.from(
    { length: replications },
    (_, replication) => summarizeCurves(model, simulate(model, policy(), { replication })).series,
  )
}

describe('a warm-up', () => {
  it('of a busy queue begun empty is too short at ten seconds, and long enough at half the run', {
    timeout: 60_000,
  }, () => {
    for (const seed of [1, 2, 3]) {
      const runs = seriesOf(0.9, seed, 100)
      expect(warmUpNote('fcfs', 10, runs)).toMatch(
        /^fcfs: the warm-up of 10 s looks too short: from then on the system holds \d\.\d % fewer stages than from (\d+) s on, where MSER-5 ends it \(--set spec\.warmup=\1s\)\.$/,
      )
      expect(warmUpNote('fcfs', 1400, runs)).toBe('')
    }
  })

  it('of a calm one is long enough', () => {
    for (const seed of [1, 2, 3]) expect(warmUpNote('fcfs', 100, seriesOf(0.5, seed, 30))).toBe('')
  })

  it('is not spoken of where luck could be it: few replications, or one bin of them', () => {
    expect(warmUpNote('fcfs', 10, seriesOf(0.9, 1, 4))).toBe('')
    expect(warmUpNote('fcfs', 10, [])).toBe('')
  })

  it('that a run is too short for is called so', () => {
    const runs = Array.from({ length: 10 }, (_, replication) => ({
      bins: 100,
      widthS: 1,
      waiting: Float64Array.from({ length: 100 }, (_, i) => i + (replication % 3)),
      running: new Float64Array(100),
    }))
    expect(warmUpNote('fcfs', 10, runs as unknown as TrialSeries[])).toMatch(/so the run is too short as well\.$/)
  })
})

describe('a scenario is steady after its warm-up', () => {
  it.each([
    ['a queue', {}, {}, 10],
    ['without a warm-up: it is meant to begin empty', { warmup: '0s' }, {}, null],
    ['until it has drained', { horizon: undefined }, { maxJobs: 100 }, null],
    ['that ends early', {}, { until: '100s' }, null],
    ['that begins late', {}, { from: '100s' }, null],
    ['in the course of a day', {}, { process: 'diurnal', amplitude: 0.5 }, null],
    ['with a failure at a set time', { failures: [{ at: '100s', for: '10s', blackout: { cluster: 'c' } }] }, {}, null],
    ['with random failures', { failures: [{ mtbf: '1000s', mttr: '10s', of: 'nodes' }] }, {}, 10],
  ])('%s', (_, spec, arrivals, expected) => {
    expect(steadyAfter(scenarioOf(0.5, spec, arrivals))).toBe(expected)
  })
})
