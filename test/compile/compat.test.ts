import { expect, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import { runTrial } from '../../runner/sweep/trial.ts'

const text = (spec: string) => `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: compat}
spec:
${spec}
  fabric: {clusters: [{name: lab, pool: lab, nodes: 1}]}
  workloads:
    - {name: a, origin: {cluster: lab}, arrivals: {process: deterministic, interval: 6s, maxJobs: 9}, job: {stages: [{cpu: 6, duration: 6s}]}}
    - {name: b, origin: {cluster: lab}, arrivals: {process: deterministic, interval: 4s, maxJobs: 9}, job: {stages: [{cpu: 3, duration: 1s}]}}
  policies: [sjf]
`

test('compat is followed: a chosen head stays chosen while it blocks', () => {
  const run = (spec: string) => {
    const { scenario } = parseScenario(text(spec), 'compat.yaml')
    const { model } = compile(scenario)
    const { jobs, error } = runTrial(model, scenario.policies[0], { point: 0, policy: 0, replication: 0 })
    expect(error).toBeUndefined()
    return { compat: model.compat, waits: jobs?.waitTime }
  }
  const published = run('  compat: rlscheduler')
  const ordinary = run('  seed: 1')
  expect([published.compat, ordinary.compat]).toEqual(['rlscheduler', undefined])
  expect(published.waits).not.toEqual(ordinary.waits)
})
