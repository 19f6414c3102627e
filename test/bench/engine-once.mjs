// One cold run of the engine on a trace of workload W: prints jobs a second of the simulation phase.
// The model is compiled from the same scenario shape that users write; nothing here is a second engine.
import { resolve } from 'node:path'
import { findPolicy, Simulation } from '../../dist/engine/index.js'
import { compile } from '../../dist/runner/compile/compile.js'
import { parseScenario } from '../../dist/runner/scenario/load.js'
import { yardstickScenario } from './yardstick-scenario.mjs'

// The policy may be told its order: easy:sjf.
const [file, nodes, policyAndOrder = 'fcfs', repetitions = '1'] = process.argv.slice(2)
const [policyName, order] = policyAndOrder.split(':')
const { scenario } = parseScenario(yardstickScenario(resolve(file), nodes), 'yardstick.yaml')
const { model } = compile(scenario)
const entry = findPolicy(policyName)
const options = Object.fromEntries(Object.entries(entry.options).map(([name, option]) => [name, option.default]))
if (order !== undefined) options.order = order
let best = 0
for (let i = 0; i < Number(repetitions); i++) {
  const policy = entry.create(options)
  const begin = performance.now()
  const simulation = new Simulation(model, policy.order, { replication: 0 })
  while (simulation.advance() === 'decision') policy.decide(simulation.view)
  best = Math.max(best, (model.traces.count / (performance.now() - begin)) * 1000)
}
console.log(best)
