/** Policies of the user's own where nothing is simulated: planning, and deciding on clusters. */
import { afterAll, expect, test } from 'vitest'
import { simulate } from '../../engine/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import { executePolicy } from '../../runner/execute/execute-policy.ts'
import { jobRenderer } from '../../runner/execute/manifests.ts'
import { ownPolicy } from '../../runner/own-policies/own-policy.ts'
import { policyOf } from '../../runner/own-policies/policy-of.ts'
import { PlanningFabric } from '../../runner/plan/fabric.ts'
import { Planner } from '../../runner/plan/planner.ts'
import { RequestError } from '../../runner/plan/problem.ts'
import { PlanStore } from '../../runner/plan/store.ts'
import { Strategies } from '../../runner/plan/strategies.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import { FakeClock, FakeSite, fakeInjector } from '../execute/fake-world.ts'
import { requestOf } from '../plan/fixtures.ts'
import { ownFolder, sourceOf } from './own-source.ts'

const { folder, write } = ownFolder()
write('mine.mjs', sourceOf('mine'))
write('fails.mjs', sourceOf('fails', { decide: "throw new Error('no')" }))

const { scenario } = parseScenario(
  `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: tiny }
spec:
  fabric:
    pools: { small: { cpu: 2, memory: 4Gi, startup: 500ms, power: { idle: 10W, busy: 50W } } }
    clusters: [{ name: east, pool: small, nodes: 2 }, { name: west, pool: small, nodes: 2 }]
    network: { latency: 20ms }
  workloads:
    - { name: work, origin: { cluster: east }, arrivals: { rate: 1/s, maxJobs: 12 }, job: { stages: [{ cpu: 1, duration: { exponential: { mean: 2s } } }] } }
  policies: [./mine.mjs, ./fails.mjs]
`,
  `${folder}/tiny.yaml`,
)

const store = new PlanStore(folder)
afterAll(() => store.close())
const planner = new Planner({
  fabric: new PlanningFabric(scenario),
  store,
  clock: () => 0,
  strategies: new Strategies(scenario.policies.map(policyOf)),
})
const request = (strategy: string, options = {}) =>
  requestOf({ compute: { cpu: 1, duration_ms: 1000 } }, { strategy, options, job: jobIn('east') })
const jobIn = (cluster: string) => {
  const { job } = requestOf({ compute: { cpu: 1, duration_ms: 1000 } })
  return { ...job, metadata: { name: 'job', origin: { cluster } } }
}

test('a planner plans by it, and checks its options', async () => {
  const plan = await planner.plan(request('mine', { blocking: true }))
  expect(plan.strategy).toEqual({ name: 'mine', options: { blocking: true } })
  expect(plan.placement.map(({ stage }) => stage)).toEqual(['s1'])
  await expect(planner.plan(request('mine', { keep: 1 }))).rejects.toBeInstanceOf(RequestError)
  await expect(planner.plan(request('nobody'))).rejects.toBeInstanceOf(RequestError)
})

test('what it throws while it plans is told, with its place', async () => {
  await expect(planner.plan(request('fails'))).rejects.toMatchObject({
    code: 'policy-failed',
    message: expect.stringMatching(/^fails\.mjs:\d+:\d+: decision 1 at 0 s: no$/),
  })
})

test('on clusters it decides as it does in simulation', async () => {
  const { model } = compile(scenario)
  const clock = new FakeClock()
  const sites = model.clusters.names.map((_, cluster) => new FakeSite(model, cluster, clock, {}))
  const render = await jobRenderer({
    ...{ scenario, model, namespace: 'n', labels: {}, image: 'i' },
    runtimeClasses: () => new Set(),
    nodeNameOn: (_, name) => name,
  })
  const [policy] = scenario.policies
  const executed = await executePolicy({
    ...{ model, policy, replication: 0, sites, render, clock, stallS: 30, signal: new AbortController().signal },
    injector: fakeInjector(model, sites, [], 'modelled'),
  })
  const { entry } = ownPolicy(`${folder}/mine.mjs`)
  const predicted = simulate(model, entry.create(policy.options), { replication: 0, record: { decisions: true } })
  expect(executed.result.decisions!.node).toEqual(predicted.decisions!.node)
  // What is executed is explained, all of it.
  expect(executed.result.explanations!.node).toEqual(predicted.decisions!.node)
})
