/** From an execution on clusters in memory to the verification and the calibration of it. */
import { expect, test } from 'vitest'
import type { Provider } from '../../runner/clusters/provider.ts'
import { executePolicy } from '../../runner/execute/execute-policy.ts'
import { jobRenderer } from '../../runner/execute/manifests.ts'
import { observe } from '../../runner/execute/observe.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'
import { calibrate } from '../../runner/verify/calibrate/calibrate.ts'
import type { Observation } from '../../runner/verify/observation.ts'
import { FakeClock, FakeSite, fakeInjector } from '../execute/fake-world.ts'
import { compareWorlds, modelOf, world } from './worlds.ts'

/** Clusters on which every run takes some seconds more than it should. */
async function execute(scenario: Scenario, slowerByS: number): Promise<Observation> {
  const model = modelOf(scenario)
  const clock = new FakeClock()
  const sites = model.clusters.names.map((_, c) => new FakeSite(model, c, clock, { slowerBy: () => slowerByS }))
  const render = await jobRenderer({
    ...{ scenario, model, namespace: 'n', labels: {}, image: 'i' },
    runtimeClasses: () => new Set(),
    nodeNameOn: (_, name) => name,
  })
  const [policy] = scenario.policies
  const executed = await executePolicy({
    ...{ model, policy, replication: 0, sites, render, clock, stallS: 60, signal: new AbortController().signal },
    injector: fakeInjector(model, sites),
  })
  const provider = { name: 'memory', given: new Set() } as unknown as Provider
  const observation = observe({ model, provider, replication: 0, scaling: scenario.scaling }, policy, executed)
  // Time jumps there: what the wall clock says of the watch means nothing.
  return { ...observation, telemetry: { ...observation.telemetry, skewMs: 0, watchLagMs: 0 } }
}

const scenario = world({ failures: '[{at: 100s, for: 60s, blackout: {cluster: b}}]' })
const rowsOf = (observation: Observation) => compareWorlds(scenario, [observation]).policies[0].rows

test('clusters that do what was predicted bear the prediction out', async () => {
  const { verdict, policies } = compareWorlds(scenario, [await execute(scenario, 0)])
  expect(policies[0].rows.filter(({ status }) => status === 'fail')).toEqual([])
  expect(verdict).toBe('pass')
  expect(policies[0].jobs.compared).toBe(400)
  expect(policies[0].failures).toMatchObject([
    { cluster: 'b', means: 'a switch', plannedS: 100, predictedDetectionS: 10 },
  ])
  for (const quantity of ['queueing', 'recovery', 'network', 'startUp', 'runTime', 'detection', 'restart']) {
    const row = policies[0].rows.find(one => one.quantity === quantity && one.scope === 'fabric')
    expect(Math.abs(row?.error ?? Number.NaN), quantity).toBeLessThan(0.05)
  }
})

test('runs that take longer are found, blamed, and learnt from', async () => {
  const observation = await execute(scenario, 2)
  const run = rowsOf(observation).find(({ quantity }) => quantity === 'runTime')
  expect(run).toMatchObject({ status: 'fail' })
  expect(run?.error).toBeCloseTo(-2, 1)
  const { calibration } = calibrate('test', [{ name: 'run', model: modelOf(scenario), observations: [observation] }])
  // Two seconds that do not depend on the work count as start-up.
  expect(calibration.pools.far.speed?.value).toBeCloseTo(1, 2)
  expect(calibration.pools.far.startupS?.value).toBeCloseTo(4, 1)
  expect(calibration.clusters.a.startupS?.value).toBeCloseTo(3, 1)
})
