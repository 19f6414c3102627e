import { describe, expect, test } from 'vitest'
import type { PolicyVerification, VerificationRow } from '../../runner/verify/verification.ts'
import { compareWorlds, observe, world } from './worlds.ts'

const believed = world()

const rowOf = (
  { rows }: PolicyVerification,
  quantity: string,
  statistic = 'mean',
  scope = 'fabric',
): VerificationRow => {
  const row = rows.find(one => one.quantity === quantity && one.statistic === statistic && one.scope === scope)
  if (row === undefined) throw new Error(`no row ${quantity} ${statistic}`)
  return row
}

describe('a world that is as believed', () => {
  const { verdict, policies } = compareWorlds(believed, [observe(believed)])
  const [policy] = policies

  test('passes, without any error', () => {
    expect(verdict).toBe('pass')
    for (const row of policy.rows) expect(row.error ?? 0, `${row.quantity} ${row.statistic}`).toBeCloseTo(0, 9)
    expect(policy.rows.filter(row => row.status === 'fail' || row.status === 'inconclusive')).toEqual([])
  })

  test('latency is the sum of its parts', () => {
    const sum = ['queueing', 'recovery', 'network', 'startUp', 'runTime'].reduce(
      (total, part) => total + (rowOf(policy, part).observed ?? Number.NaN),
      0,
    )
    expect(sum).toBeCloseTo(rowOf(policy, 'latency').observed ?? Number.NaN, 9)
    expect(rowOf(policy, 'queueing').observed).toBeGreaterThan(0.1)
    expect(rowOf(policy, 'startUp').observed).toBeGreaterThanOrEqual(1)
  })
})

describe('a distortion is found and blamed on its part', () => {
  test('start-up takes twice as long', () => {
    const truth = world({ lab: '2s', pools: '{far: {extends: lab, cpu: 4, memory: 8Gi, speed: 1, startup: 4s}}' })
    const [policy] = compareWorlds(believed, [observe(truth)]).policies
    expect(policy.verdict).toBe('fail')
    expect(rowOf(policy, 'startUp').status).toBe('fail')
    expect(rowOf(policy, 'startUp').error).toBeCloseTo(-(rowOf(policy, 'startUp').observed ?? 0) / 2, 1)
    expect(rowOf(policy, 'runTime').status).toBe('pass')
    expect(rowOf(policy, 'network').status).toBe('pass')
    expect(rowOf(policy, 'latency').status).toBe('fail')
  })

  test('one cluster is slower than believed', () => {
    const truth = world({ pools: '{far: {extends: lab, cpu: 4, memory: 8Gi, speed: 0.6, startup: 2s}}' })
    const [policy] = compareWorlds(believed, [observe(truth)]).policies
    expect(rowOf(policy, 'runTime').status).toBe('fail')
    expect(rowOf(policy, 'startUp').status).toBe('pass')
    expect(policy.blame[0].part).not.toBe('network')
    expect(rowOf(policy, 'latency', 'mean', 'b').error ?? 0).toBeLessThan(
      rowOf(policy, 'latency', 'mean', 'a').error ?? 0,
    )
  })
})

describe('what does not count', () => {
  test('what was given is labelled, whatever it says', () => {
    const given = observe(believed, 0, { given: ['runTime', 'startUp', 'network', 'energy'] })
    const [policy] = compareWorlds(believed, [given]).policies
    for (const part of ['runTime', 'startUp', 'network']) expect(rowOf(policy, part).status).toBe('given')
    expect(rowOf(policy, 'energy', 'total').status).toBe('given')
    expect(rowOf(policy, 'latency')).toMatchObject({
      status: 'given',
      note: expect.stringMatching(/^\d+ % of all latencies$/),
    })
    // What is left of them is judged.
    const left = ['queueing', 'recovery'].map(part => rowOf(policy, part))
    expect(rowOf(policy, 'found').status).toBe('pass')
    expect(rowOf(policy, 'found').observed).toBeCloseTo(
      left.reduce((sum, { observed }) => sum + (observed ?? Number.NaN), 0),
      9,
    )
    for (const row of left) expect(row.scale).toBe(rowOf(policy, 'found').observed)
    expect(rowOf(policy, 'found', 'p95').tolerance).toBe(0.1)
    expect(policy.given).toHaveLength(4)
  })

  test('energy that nothing measured is the model’s on both sides', () => {
    const { energy: _energy, ...rest } = observe(believed)
    const [policy] = compareWorlds(believed, [rest]).policies
    expect(rowOf(policy, 'energy', 'total')).toMatchObject({ status: 'given', note: 'the power model’s on both sides' })
  })

  test('energy of simulated nodes that somebody showed is shown, and stays given', () => {
    const [policy] = compareWorlds(believed, [observe(believed, 0, { given: ['energy'] })]).policies
    expect(rowOf(policy, 'energy', 'total')).toMatchObject({
      status: 'given',
      note: 'by a meter; fake’s nodes are simulated: what their exporter says it was told',
    })
    expect(policy.given).toEqual(['energy: fake’s nodes are simulated: what their exporter says it was told'])
  })

  test('what an application shows of itself is shown', () => {
    const application = { p95S: 0.4, requestsPerS: 12, errorShare: null, source: 'P' }
    const [policy] = compareWorlds(believed, [observe(believed, 0, { application })]).policies
    const shown = policy.rows.filter(({ quantity }) => quantity.startsWith('application'))
    expect(shown.map(({ quantity, observed }) => [quantity, observed])).toEqual([
      ['applicationLatency', 0.4],
      ['applicationRequests', 12],
    ])
    for (const row of shown)
      expect(row).toMatchObject({ status: 'shown', predicted: null, error: null, note: 'by P; not predicted' })
    expect(policy.verdict).toBe('pass')
  })

  test('a clock that is off leaves times open', () => {
    const telemetry = { skewMs: 5000, watchLagMs: 20, resolutionMs: 1, missing: [] }
    const [policy] = compareWorlds(believed, [observe(believed, 0, { telemetry })]).policies
    expect(policy.verdict).toBe('inconclusive')
    expect(rowOf(policy, 'latency')).toMatchObject({ status: 'inconclusive' })
    expect(rowOf(policy, 'latency').note).toMatch(/^times are known to 5 s, tolerated are /)
    expect(rowOf(policy, 'energy', 'total').status).toBe('pass')
  })

  test('what was not measured is inconclusive, by its reason', () => {
    const missing = [{ what: 'energy', why: 'no meter answered' }]
    const telemetry = { skewMs: 0, watchLagMs: 0, resolutionMs: 1, missing }
    const [policy] = compareWorlds(believed, [observe(believed, 0, { telemetry })]).policies
    expect(rowOf(policy, 'energy', 'total')).toMatchObject({
      status: 'inconclusive',
      note: 'by a meter; no meter answered',
    })
    expect(policy.untrusted).toEqual(['energy: no meter answered'])
    expect(rowOf(policy, 'latency').status).toBe('pass')
  })
})

test('a meter that reads a third more fails energy alone', () => {
  const seen = observe(believed)
  const energy = { source: 'a meter', energyJ: seen.clusters.energyJ.map(joules => joules * 1.34) }
  const [policy] = compareWorlds(believed, [{ ...seen, energy }]).policies
  expect(rowOf(policy, 'energy', 'total').status).toBe('fail')
  expect((rowOf(policy, 'energy', 'total').error ?? 0) / (rowOf(policy, 'energy', 'total').observed ?? 1)).toBeCloseTo(
    1 / 1.34 - 1,
    9,
  )
  expect(rowOf(policy, 'latency').status).toBe('pass')
})

describe('sums of some of the clusters', () => {
  const carbon = { source: '', atS: [0], gramsPerKwh: [300] }
  const withCarbon = (...clusters: number[]) => {
    const scenario = world()
    for (const c of clusters) scenario.clusters[c].carbon = carbon
    return scenario
  }

  test('emissions say of which clusters no intensity is known', () => {
    const some = withCarbon(0)
    const [policy] = compareWorlds(some, [observe(some)]).policies
    expect(rowOf(policy, 'emissions', 'total')).toMatchObject({
      status: 'pass',
      note: 'by a meter; without b, whose carbon intensity is not known',
    })
    const all = withCarbon(0, 1)
    const [whole] = compareWorlds(all, [observe(all)]).policies
    expect(rowOf(whole, 'emissions', 'total').note).toBe('by a meter')
  })

  test('what was measured of one cluster is compared with that cluster alone', () => {
    const all = withCarbon(0, 1)
    const seen = observe(all)
    const energy = { source: 'a meter', energyJ: Float64Array.of(seen.clusters.energyJ[0], Number.NaN) }
    const [policy] = compareWorlds(all, [{ ...seen, energy }]).policies
    expect(rowOf(policy, 'energy', 'total')).toMatchObject({
      status: 'pass',
      observed: seen.clusters.energyJ[0],
      note: 'by a meter; without b, whose energy was not measured',
    })
    expect(rowOf(policy, 'emissions', 'total')).toMatchObject({
      observed: seen.clusters.emissionsG[0],
      note: 'by a meter; without b, whose energy was not measured',
    })
    expect(rowOf(policy, 'energy', 'total', 'b').observed).toBeNull()
  })
})

describe('core-seconds', () => {
  const seen = observe(believed)
  const coreS = seen.attempts.beginS.map((beginS, row) => 2 * (seen.attempts.endS[row] - beginS))
  const cpuRow = (measured: Float64Array) =>
    rowOf(
      compareWorlds(believed, [{ ...seen, cpu: { source: 'a counter', coreS: measured } }]).policies[0],
      'cpu',
      'total',
    )

  test('that were measured are judged', () => {
    expect(cpuRow(coreS)).toMatchObject({ status: 'pass', note: 'by a counter', n: 400 })
    expect(cpuRow(coreS.map(value => value * 1.3))).toMatchObject({ status: 'fail' })
  })

  test('that were not measured of a job leave it out', () => {
    const some = coreS.map((value, row) => (row % 4 === 0 ? Number.NaN : value))
    expect(cpuRow(some)).toMatchObject({ status: 'pass', note: 'by a counter of 300 of 400 jobs', n: 300 })
    expect(cpuRow(coreS.map(() => Number.NaN))).toMatchObject({ status: 'inconclusive', n: 0 })
  })
})

test('policies that swap places have a tau of −1', () => {
  const policies = '[greedy-latency, least-allocated]'
  const both = world({ policies })
  const [first, second] = [observe(both, 0), observe(both, 1)]
  const alike = compareWorlds(both, [first, second])
  expect(alike.ranks.find(({ metric }) => metric === 'latency.mean')?.tau).toBe(1)
  const swapped = compareWorlds(both, [
    { ...second, policy: first.policy },
    { ...first, policy: second.policy },
  ])
  expect(swapped.ranks.find(({ metric }) => metric === 'latency.mean')?.tau).toBe(-1)
})

describe('failures', () => {
  const failures = '[{at: 60s, for: 90s, blackout: {cluster: b}}]'
  const dark = world({ failures })

  test('detection and restart are compared', () => {
    const failure = { label: 'b', cluster: 'b', plannedS: 60, recoveredS: 155, means: 'lease loss' }
    const quick = observe(dark, 0, { failures: [{ ...failure, injectedS: 60.5, detectedS: 70 }] })
    const [policy] = compareWorlds(dark, [quick]).policies
    expect(rowOf(policy, 'detection')).toMatchObject({ predicted: 10, observed: 9.5, status: 'pass' })
    expect(rowOf(policy, 'restart').status).toBe('pass')
    expect(rowOf(policy, 'recovery').observed).toBeGreaterThan(0)
    expect(policy.failures).toEqual([
      {
        label: 'b',
        cluster: 'b',
        means: 'lease loss',
        plannedS: 60,
        injectedS: 60.5,
        predictedDetectionS: 10,
        detectionS: 9.5,
        recoveredS: 155,
      },
    ])
    const slow = observe(dark, 0, { failures: [{ ...failure, injectedS: 60, detectedS: 100 }] })
    expect(rowOf(compareWorlds(dark, [slow]).policies[0], 'detection').status).toBe('fail')
  })

  test('a failure that nobody predicted is blamed on recovery', () => {
    const [policy] = compareWorlds(believed, [observe(dark)]).policies
    expect(rowOf(policy, 'recovery').predicted).toBe(0)
    expect(rowOf(policy, 'recovery').error).toBeLessThan(0)
    expect(policy.verdict).not.toBe('pass')
  })
})
