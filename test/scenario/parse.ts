/** Small scenarios for the tests of the front-end. */
import { type Diagnostic, ScenarioError } from '../../runner/errors.ts'
import { type Loaded, type Overrides, parseScenario } from '../../runner/scenario/load.ts'

export const parts = {
  head: 'horizon: 10m',
  fabric: `fabric:
    clusters:
      - {name: lab, pool: lab, nodes: 2}
      - {name: cloud, pool: datacenter, nodes: 1}
    network: {latency: 20ms}`,
  workloads: `workloads:
    - name: jobs
      origin: {cluster: lab}
      arrivals: {rate: 2/s}
      job: {stages: [{cpu: 2, duration: 2s}]}`,
  policies: 'policies: [fcfs]',
  tail: 'seed: 1',
}

/** Text of a right scenario with some parts replaced. */
export function text(replaced: Partial<typeof parts> = {}): string {
  const all = { ...parts, ...replaced }
  return `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: test}
spec:
  ${all.head}
  ${all.fabric}
  ${all.workloads}
  ${all.policies}
  ${all.tail}
`
}

export const parse = (replaced: Partial<typeof parts> = {}, overrides: Overrides = {}, file = 'test.yaml'): Loaded =>
  parseScenario(text(replaced), file, overrides)

/** What is wrong with a scenario; nothing where it is right. */
export function problemsOf(source: string, overrides: Overrides = {}, file = 'test.yaml'): readonly Diagnostic[] {
  try {
    parseScenario(source, file, overrides)
    return []
  } catch (error) {
    if (error instanceof ScenarioError) return error.diagnostics
    throw error
  }
}
