// Prints the bytes that the engine allocates on the heap for an event, once it is warm: the median over windows of
// 50,000 decisions, some of which the collector of garbage falls into. allocation.test.ts runs it with a nursery so large
// that it seldom does.
import { findPolicy, Simulation } from '../../dist/engine/index.js'
import { compile } from '../../dist/runner/compile/compile.js'
import { parseScenario } from '../../dist/runner/scenario/load.js'

const text = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: steady}
spec:
  seed: 1
  fabric:
    pools: {lab: {cpu: 32, memory: 128Gi}}
    clusters: [{name: lab, pool: lab, nodes: 100}]
  workloads:
    - name: jobs
      arrivals: {process: poisson, rate: 20/s, maxJobs: 600000}
      origin: {cluster: lab}
      job: {stages: [{id: only, cpu: 2, memory: 4Gi, duration: {exponential: {mean: 60s}}}]}
  policies: [fcfs]
`
const { scenario } = parseScenario(text, 'steady.yaml')
const { model } = compile(scenario)
const { create, options } = findPolicy('fcfs')
const policy = create(Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default])))
const simulation = new Simulation(model, policy.order, { replication: 0 })
const windows = []
let decisions = 0
let since = 0
while (simulation.advance() === 'decision') {
  policy.decide(simulation.view)
  if (++decisions % 50_000 !== 0) continue
  const { heapUsed } = process.memoryUsage()
  // Two events for a decision: an arrival and an end.
  windows.push((heapUsed - since) / 100_000)
  since = process.memoryUsage().heapUsed
}
const settled = windows.slice(windows.length >> 1).sort((a, b) => a - b)
console.log(settled[settled.length >> 1])
