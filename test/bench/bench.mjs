// npm run bench -- [rounds] [--long] [--only TEXT] [--compare out/bench.json]: every goal for speed and memory, each beside
// what is measured. The engine and its peers take turns within a round; ratios are what counts, since machines are noisy.
// The native limit and SimPy come from ../shared/bench, where that is there, and need g++ and python3. `--long` adds ten
// million jobs on 100,000 nodes. Writes out/bench.json; `--compare` sets each row beside that of an earlier run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { command } from './command.mjs'
import { arePeersThere, Peers, run } from './peers.mjs'
import { yardstickScenario } from './yardstick-scenario.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bench = name => join(root, 'test/bench', name)
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean' }, only: { type: 'string' }, compare: { type: 'string' } },
})
const rounds = Number(positionals[0] ?? 5)
const old = flags.compare === undefined ? null : JSON.parse(readFileSync(flags.compare, 'utf8'))

const calm = { jobs: 1_000_000, nodes: 1000, load: 0.8, seed: 1 }
const waiting = { jobs: 2_100_000, nodes: 1000, load: 2, seed: 7 }
/** Engine ÷ native limit on the same trace; slow policies run once, not each round. */
const traces = [
  { name: 'calm 100k/100', jobs: 100_000, nodes: 100, load: 0.8, seed: 1, simpyGoal: 12 },
  { name: 'calm 1M/1k', ...calm, goal: 0.5, simpyGoal: 25, modes: { all: 0.4, features: 0.15 } },
  { name: 'hot 1M/1k', jobs: 1_000_000, nodes: 1000, load: 1.05, seed: 7 },
  { name: 'calm 1M/10k', ...calm, nodes: 10_000, goal: 0.5, simpyGoal: 50, modes: { all: 0.4 } },
  { name: 'waiting, FCFS', ...waiting, goal: 0.3 },
  { name: 'waiting, SJF + EASY', ...waiting, goal: 0.05, once: true, policy: 'easy:sjf' },
]
const modeNames = { all: 'everything on', features: 'everything in play' }
/** A row's time for a job ÷ another's, each ÷ the native limit's own growth. */
const growths = [
  { name: 'growth 1k → 10k nodes', from: 'calm 1M/1k', to: 'calm 1M/10k' },
  { name: 'growth calm → hot', from: 'calm 1M/1k', to: 'hot 1M/1k' },
]
/** OpenDC 2.4e, whole process, 1 M jobs on 1,000 nodes: as published in performance.md, not measured here. */
const openDc = { wallMs: 24_600, peakMB: 4600 }

const rows = []
const wants = name => flags.only === undefined || name.includes(flags.only)

if (arePeersThere) {
  const peers = new Peers()
  try {
    for (const each of traces) if (wants(each.name)) measureTrace(peers, each)
    addGrowth()
    if (wants('whole process')) measureWhole(peers)
  } finally {
    peers.remove()
  }
} else console.log('skipped: ../shared/bench is not there, and without the native limit there is no ratio to give')
if (wants('memory')) measureMemory()
if (wants('threads')) measureThreads()
if (wants('start-up')) measureStartUp()
if (flags.long === true && wants('10M jobs')) measureLarge()

mkdirSync(join(root, 'out'), { recursive: true })
writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify({ rounds, node: process.version, rows }, null, 2)}\n`)

/** Prints a row and keeps it; `sign` says on which side of the goal the value should be. */
function row(name, unit, values, goal, sign = '≥') {
  const value = spread(values)
  const met = goal === undefined ? undefined : sign === '≥' ? value.median >= goal : value.median <= goal
  rows.push({ name, unit, ...value, goal, sign, met })
  const then = old?.rows.find(each => each.name === name)
  const texts = [
    name.padEnd(38),
    `${short(value.median)} ${unit}`.padStart(14),
    (values.length > 1 ? `(${short(value.min)} to ${short(value.max)})` : '').padEnd(20),
    goal === undefined ? '' : `goal ${sign} ${goal}: ${met ? 'met' : 'not met'}`.padEnd(22),
    then === undefined ? '' : `then ${short(then.median)}, now ÷ then ${(value.median / then.median).toFixed(2)}`,
  ]
  console.log(texts.join(' ').trimEnd())
}

function measureTrace(peers, { name, once, policy = 'fcfs', goal, simpyGoal, modes = {}, ...workload }) {
  const trace = peers.trace(workload)
  const nodes = String(workload.nodes)
  const kinds = ['plain', ...Object.keys(modes)]
  const ratios = Object.fromEntries(kinds.map(kind => [kind, []]))
  const [engine, native] = [[], []]
  for (let round = 0; round < (once ? 1 : rounds); round++) {
    native.push(peers.native(trace, nodes))
    for (const kind of kinds) {
      const [from, by] = kind === 'features' ? [String(workload.jobs), 'greedy-latency'] : [trace, policy]
      const jobsPerS = Number(run(process.execPath, [bench('engine-once.mjs'), from, nodes, by, kind]))
      if (kind === 'plain') engine.push(jobsPerS)
      ratios[kind].push(jobsPerS / native.at(-1))
    }
  }
  row(`${name}: engine`, 'jobs/s', engine)
  row(`${name}: native`, 'jobs/s', native)
  row(`${name} ÷ native`, '×', ratios.plain, goal)
  for (const [kind, modeGoal] of Object.entries(modes)) row(`${name}, ${modeNames[kind]}`, '×', ratios[kind], modeGoal)
  const simpy = simpyGoal === undefined ? null : peers.simpy(trace, nodes)
  if (simpy !== null) row(`${name} ÷ SimPy`, '×', [spread(engine).median / simpy], simpyGoal)
}

function addGrowth() {
  const ratioOf = name => rows.find(each => each.name === `${name} ÷ native`)?.median
  for (const { name, from, to } of growths)
    if (ratioOf(from) !== undefined && ratioOf(to) !== undefined)
      row(name, '×', [ratioOf(from) / ratioOf(to)], 1.2, '≤')
}

/** From the scenario and its trace to results.json, report and Parquet. */
function measureWhole(peers) {
  const trace = peers.trace(calm)
  const file = join(peers.folder, 'yardstick.yaml')
  writeFileSync(file, yardstickScenario(trace, calm.nodes))
  const args = [file, '--replications', '1', '--no-cache', '--quiet', '--out', join(peers.folder, 'out')]
  const runs = Array.from({ length: rounds }, () => command(args))
  const times = runs.map(({ wallMs }) => openDc.wallMs / wallMs)
  row('whole process ÷ OpenDC (published)', '×', times, 15)
  row(
    'whole process, memory ÷ OpenDC',
    '×',
    runs.map(({ peakMB }) => peakMB / openDc.peakMB),
    0.1,
    '≤',
  )
}

/** Peaks of runs that differ in nothing but the number of jobs that end, and of jobs that wait. */
function measureMemory() {
  const peak = (jobs, load) => grown({ jobs, load, nodes: 100, clusters: 1, failures: 0, policy: 'fcfs' })
  const [few, many] = [peak(300_000, 0.8), peak(3_000_000, 0.8)]
  const [short, long] = [peak(300_000, 2), peak(3_000_000, 2)]
  const mb = 1024 * 1024
  const finished = ((many.peakMb - few.peakMb) * mb) / 2_700_000
  const alive = ((long.peakMb - short.peakMb) * mb - finished * 2_700_000) / (long.mostWaiting - short.mostWaiting)
  row('memory a job that waits', 'bytes', [alive], 130, '≤')
  row('memory a finished job', 'bytes', [finished])
}

function measureThreads() {
  const { even, straggler } = JSON.parse(run(process.execPath, [bench('threads.mjs'), String(Math.min(rounds, 3))]))
  row('2 threads ÷ 1', '×', [even.ratio.min, even.ratio.median, even.ratio.max], 1.9)
  row('2 threads ÷ 1, with a straggler', '×', [straggler.ratio.min, straggler.ratio.median, straggler.ratio.max])
}

function measureStartUp() {
  const { cpuMs } = JSON.parse(run(process.execPath, [bench('startup.mjs')]))
  row('start-up: node alone', 'ms CPU', [cpuMs.node])
  row('start-up: --help', 'ms CPU', [cpuMs.help], 150, '≤')
  row('start-up: validate', 'ms CPU', [cpuMs.validate], 150, '≤')
}

function measureLarge() {
  const large = { jobs: 10_000_000, nodes: 100_000, clusters: 7, load: 0.8, failures: 0, policy: 'fcfs' }
  const { nsPerJob, peakMb } = grown(large)
  row('10M jobs, 100,000 nodes, 7 clusters', 'µs/job', [nsPerJob / 1000])
  row('  memory', 'MB', [peakMb], 2000, '≤')
}

/** A case of growth.mjs. */
function grown(options) {
  return JSON.parse(run(process.execPath, [bench('growth.mjs'), 'one', JSON.stringify(options)]))
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return { min: sorted[0], median: sorted[sorted.length >> 1], max: sorted.at(-1) }
}

function short(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}
