// node test/bench/policies.mjs [--only NAME,NAME] [--seconds N]: what a decision of each policy costs, in index visits
// (exact) and microseconds of its own code (of this machine: compare them with each other), as nodes grow from 100 to
// 100,000 and as waiting work grows from 10 to 100,000. A case that takes longer than N seconds (10) is cut short: its
// figures are those of the decisions made until then, and are marked with ~. Exponents are slopes of least squares
// between logarithms. Prints a table in Markdown.
import { parseArgs } from 'node:util'
import { policies, Simulation } from '../../dist/engine/index.js'
import { growthModel } from './growth-scenario.mjs'

const { values: flags } = parseArgs({ options: { only: { type: 'string' }, seconds: { type: 'string' } } })
const mostMs = Number(flags.seconds ?? 10) * 1000
const wanted = flags.only?.split(',')
const base = { clusters: 1, failures: 0 }
const nodesCases = [100, 1000, 10_000, 100_000].map(nodes => ({ size: nodes, nodes, jobs: 10_000, load: 0.8 }))
// All come at once on 100 nodes, where some 800 of them run: so many wait at the first decisions, and fewer with each.
const waitingCases = [10, 100, 1000, 10_000, 100_000].map(size => ({ size, nodes: 100, jobs: 800 + size, load: 1000 }))

console.log('| policy | visits, nodes 10² → 10⁵ | | µs | | visits, waiting 10 → 10⁵ | | µs | |')
console.log('|---|---|---|---|---|---|---|---|---|')
for (const { name } of policies) if (wanted === undefined || wanted.includes(name)) console.log(rowOf(name))

function rowOf(policy) {
  // Code that V8 has not compiled yet would be most of the small cases.
  measure({ ...base, ...nodesCases[0], policy }, 1000)
  const cells = [nodesCases, waitingCases].flatMap(cases => {
    const rows = cases.map(({ size, ...more }) => ({ size, ...measure({ ...base, ...more, policy }) }))
    return ['visits', 'us'].flatMap(key => [rows.map(row => text(row, key)).join(' → '), exponent(rows, key)])
  })
  return `| ${policy} | ${cells.join(' | ')} |`
}

/** Means over the decisions of one run, or of as much of it as there was time for. */
function measure(options, limitMs = mostMs) {
  const { model, policy } = growthModel(options)
  const simulation = new Simulation(model, policy.order, { replication: 0, record: { series: false } })
  const { capacity } = simulation.run
  const begin = performance.now()
  let [decisions, ownMs, visits] = [0, 0, 0]
  let cut = false
  while (!cut && simulation.advance() === 'decision') {
    const [visitsBefore, before] = [capacity.visits, performance.now()]
    policy.decide(simulation.view)
    const after = performance.now()
    ownMs += after - before
    visits += capacity.visits - visitsBefore
    decisions++
    cut = after - begin > limitMs
  }
  return { visits: visits / decisions, us: (ownMs * 1000) / decisions, cut }
}

function text(row, key) {
  return `${row.cut ? '~' : ''}${short(row[key])}`
}

function short(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)))
}

function exponent(rows, key) {
  const points = rows.filter(row => row[key] > 0).map(row => [Math.log(row.size), Math.log(row[key])])
  if (points.length < 2) return '–'
  const mean = index => points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const slope =
    points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
  return slope.toFixed(2)
}
