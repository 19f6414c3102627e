// One cold run of the engine on a trace of workload W, or of the scenario with everything in play: prints jobs a second of
// the simulation phase. The model is compiled from the same scenario shape that users write; nothing here is a second
// engine. `all` also counts the boiling down of the run, with carbon, decisions and a record for each job; `features` takes
// the number of jobs for a trace.
import { resolve } from 'node:path'
import { findPolicy, Simulation } from '../../dist/engine/index.js'
import { rowOf } from '../../dist/reports/summary/row.js'
import { summarizeCurves, summarizeNumbers } from '../../dist/reports/trial-summary.js'
import { compile } from '../../dist/runner/compile/compile.js'
import { parseScenario } from '../../dist/runner/scenario/load.js'
import { featuresScenario } from './features-scenario.mjs'
import { yardstickScenario } from './yardstick-scenario.mjs'

// The policy may be told its order: easy:sjf.
const [traceOrJobs, nodes, policyAndOrder = 'fcfs', mode = 'plain', repetitions = '1'] = process.argv.slice(2)
const all = mode === 'all'
const text =
  mode === 'features'
    ? featuresScenario(Number(traceOrJobs), nodes)
    : yardstickScenario(resolve(traceOrJobs), nodes, all)
const [policyName, order] = policyAndOrder.split(':')
const { model } = compile(parseScenario(text, 'bench.yaml').scenario)
const entry = findPolicy(policyName)
const options = Object.fromEntries(Object.entries(entry.options).map(([name, option]) => [name, option.default]))
if (order !== undefined) options.order = order
let best = 0
for (let i = 0; i < Number(repetitions); i++) {
  const policy = entry.create(options)
  const begin = performance.now()
  const record = { jobs: all, decisions: all }
  const simulation = new Simulation(model, policy.order, { replication: 0, record })
  while (simulation.advance() === 'decision') policy.decide(simulation.view)
  const simulatedMs = performance.now() - begin
  const result = simulation.result()
  if (all) {
    rowOf(summarizeNumbers(model, result))
    summarizeCurves(model, result)
  }
  const tookMs = all ? performance.now() - begin : simulatedMs
  best = Math.max(best, (result.total.submitted / tookMs) * 1000)
}
console.log(best)
