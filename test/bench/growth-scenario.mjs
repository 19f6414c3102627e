// The scenario of growth.mjs and policies.mjs: Poisson arrivals of two kinds of jobs on alike nodes.
import { findPolicy } from '../../dist/engine/index.js'
import { compile } from '../../dist/runner/compile/compile.js'
import { parseScenario } from '../../dist/runner/scenario/load.js'

/** A model, and a fresh policy for one run of it with its default options. */
export function growthModel({ jobs, nodes, clusters, load, failures, policy: name }) {
  const each = Math.max(1, Math.round(nodes / clusters))
  const cores = 32 * each * clusters
  const [meanS, cpu] = [60, 4]
  const rate = (load * cores) / (meanS * cpu)
  const spanS = jobs / rate
  const mtbf =
    failures === 0
      ? ''
      : `\n  failures: [{mtbf: ${((each * clusters * spanS) / failures).toFixed(3)}s, mttr: 30s, of: nodes}]`
  const names = Array.from({ length: clusters }, (_, c) => `c${c}`)
  const { scenario } = parseScenario(
    `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: growth}
spec:
  fabric:
    pools: {w: {cpu: 32, memory: 128GB, power: {idle: 100W, busy: 300W}}}
    clusters: [${names.map(cluster => `{name: ${cluster}, pool: w, nodes: ${each}}`).join(', ')}]
    network: {latency: 10ms}
  workloads:
    - {name: a, origin: {cluster: c0}, arrivals: {rate: ${rate / 2}/s, maxJobs: ${Math.round(jobs / 2)}}, job: {stages: [{cpu: 2, memory: 4GB, duration: {exponential: {mean: ${meanS}s}}}]}}
    - {name: b, origin: {cluster: c0}, arrivals: {rate: ${rate / 2}/s, maxJobs: ${Math.round(jobs / 2)}}, job: {stages: [{cpu: 6, memory: 2GB, duration: {exponential: {mean: ${meanS}s}}}]}}
  policies: [${name}]${mtbf}
`,
    'growth.yaml',
  )
  const { model } = compile(scenario)
  return { model, policy: findPolicy(name).create(scenario.policies[0].options) }
}
