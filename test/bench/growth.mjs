// node test/bench/growth.mjs [--long]: how the engine's time, memory and index visits grow with jobs, nodes, clusters and
// what waits. Poisson arrivals made by the engine itself, so nothing but this checkout is needed. Each case runs in a
// process of its own; exponents are slopes of least squares between logarithms.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Simulation } from '../../dist/engine/index.js'
import { growthModel } from './growth-scenario.mjs'

const long = process.argv.includes('--long')
const base = { jobs: 100_000, nodes: 1000, clusters: 1, load: 0.8, failures: 0, policy: 'fcfs' }
const decades = (from, to) => Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i)
const series = [
  ['jobs', decades(10_000, long ? 10_000_000 : 1_000_000), {}],
  ['nodes', decades(100, 100_000), { jobs: 300_000 }],
  ['clusters', [1, 3, 10, 30, 100], { policy: 'greedy-latency' }],
  // A million jobs, so that a node fails once in many run times even at the end: a job that is hit begins anew, and would
  // otherwise be hit again for ever.
  ['failures', [0, ...decades(100, 100_000)], { jobs: 1_000_000, load: 0.2 }],
  // Twice as much as there is room for: half of the jobs wait at the end of the arrivals.
  ...['fcfs', 'sjf', 'best-fit', 'least-allocated', 'greedy-latency', 'resilient', 'easy'].map(policy => [
    'jobs',
    decades(20_000, long ? 2_000_000 : 200_000),
    { policy, load: 2, nodes: 100 },
  ]),
  // Plans for all that waits at each decision, as it is defined: small numbers only.
  ['jobs', [250, 500, 1000], { policy: 'conservative', load: 2, nodes: 10 }],
]

if (process.argv[2] === 'one') console.log(JSON.stringify(runOnce(JSON.parse(process.argv[3]))))
else {
  console.log(
    'grows     with                                    ns/job  ns/event  visits/decision  peak MB  waiting at most',
  )
  for (const [name, values, more] of series) measureSeries(name, values, { ...base, ...more })
}

function measureSeries(name, values, fixed) {
  const rows = values.map(value => {
    const options = { ...fixed, [name]: value }
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'one', JSON.stringify(options)], {
      encoding: 'utf8',
      timeout: 600_000,
    })
    if (child.status !== 0) throw new Error(`${JSON.stringify(options)}: ${child.stderr}`)
    const row = JSON.parse(child.stdout)
    const what = `${name}=${value} ${fixed.policy}${fixed.load === base.load ? '' : ` load ${fixed.load}`}`
    console.log(
      `${name.padEnd(9)} ${what.padEnd(38)} ${row.nsPerJob.toFixed(0).padStart(7)}  ${row.nsPerEvent.toFixed(0).padStart(8)}  ${row.visits.toFixed(1).padStart(15)}  ${row.peakMb.toFixed(0).padStart(7)}  ${String(row.mostWaiting).padStart(15)}`,
    )
    return { value, ...row }
  })
  const fitted = rows.filter(row => row.value > 0)
  const exponent = key => slope(fitted.map(row => [Math.log(row.value), Math.log(row[key])])).toFixed(2)
  console.log(
    `          exponents: ns/job ${exponent('nsPerJob')}, ns/event ${exponent('nsPerEvent')}, visits/decision ${exponent('visits')}\n`,
  )
}

function slope(points) {
  const mean = index => points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}

function runOnce({ jobs, nodes, clusters, load, failures, policy: name }) {
  const { model, policy } = growthModel({ jobs, nodes, clusters, load, failures, policy: name })
  const begin = performance.now()
  const simulation = new Simulation(model, policy.order, { replication: 0 })
  while (simulation.advance() === 'decision') policy.decide(simulation.view)
  const wallMs = performance.now() - begin
  const { visits, events, decisionPasses, series: over } = simulation.result()
  return {
    nsPerJob: (wallMs * 1e6) / jobs,
    nsPerEvent: (wallMs * 1e6) / events,
    visits: visits / decisionPasses,
    peakMb: process.resourceUsage().maxRSS / 1024,
    mostWaiting: Math.round(Math.max(...over.waiting)),
  }
}
