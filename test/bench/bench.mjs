// npm run bench [rounds]: the engine beside the native limit and SimPy on workload W, in interleaved rounds. Ratios within
// one run are what counts: machines are noisy. Needs ../shared/bench (trace generator, native limit, SimPy peer), g++,
// and for SimPy python3 with venv: it is installed into the cache once.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shared = join(root, '..', 'shared', 'bench')
const rounds = Number(process.argv[2] ?? 5)
/** Goals: engine ÷ native FCFS, and engine ÷ SimPy; slow peers and policies run once, not each round. */
const cases = [
  { name: 'calm 100k/100', jobs: 100_000, nodes: 100, load: 0.8, seed: 1, simpyGoal: 12 },
  { name: 'calm 1M/1k', jobs: 1_000_000, nodes: 1000, load: 0.8, seed: 1, goal: 0.5, simpyGoal: 25 },
  { name: 'hot 1M/1k', jobs: 1_000_000, nodes: 1000, load: 1.05, seed: 7 },
  { name: 'calm 1M/10k', jobs: 1_000_000, nodes: 10_000, load: 0.8, seed: 1, goal: 0.5, simpyGoal: 50 },
  { name: 'waiting, FCFS', jobs: 2_100_000, nodes: 1000, load: 2, seed: 7, goal: 0.3 },
  {
    name: 'waiting, SJF + EASY',
    jobs: 2_100_000,
    nodes: 1000,
    load: 2,
    seed: 7,
    goal: 0.05,
    once: true,
    policy: 'easy:sjf',
  },
]
/** A row's time for a job ÷ another's, each ÷ the native limit's own growth. */
const growths = [
  { name: '1k → 10k nodes', from: 'calm 1M/1k', to: 'calm 1M/10k', goal: 1.2 },
  { name: 'calm → hot', from: 'calm 1M/1k', to: 'hot 1M/1k', goal: 1.2 },
]

if (!existsSync(shared)) {
  console.log('skipped: ../shared/bench is not there, and without the native limit there is no ratio to give')
  process.exit(0)
}
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-bench-'))
try {
  build('trace-generator.cpp', 'generator')
  build('native-limit.cpp', 'native')
  const python = simpyPython()
  const results = cases.map(each => measure(each, python))
  const ratioOf = name => results.find(each => each.name === name).ratio.median
  const growth = growths.map(({ from, to, ...rest }) => ({ ...rest, ratio: ratioOf(from) / ratioOf(to) }))
  mkdirSync(join(root, 'out'), { recursive: true })
  const report = { rounds, node: process.version, results, growth }
  writeFileSync(join(root, 'out', 'bench.json'), `${JSON.stringify(report, null, 2)}\n`)
  console.log('\nwhat                   engine jobs/s  native jobs/s  ratio: median (min to max), goal')
  for (const { name, engine, native, ratio, goal, simpy, simpyGoal } of results) {
    const spreadText = `${ratio.median.toFixed(3)} (${ratio.min.toFixed(3)} to ${ratio.max.toFixed(3)})`
    console.log(
      `${name.padEnd(20)} ${thousands(engine.median)} ${thousands(native.median)}  ${spreadText}${verdict(goal, ratio.median >= goal, '≥')}`,
    )
    if (simpy !== undefined) {
      const times = engine.median / simpy
      console.log(
        `${'  ÷ SimPy'.padEnd(20)} ${thousands(engine.median)} ${thousands(simpy)}  ${times.toFixed(1)} ×${verdict(simpyGoal, times >= simpyGoal, '≥')}`,
      )
    }
  }
  for (const { name, ratio, goal } of growth)
    console.log(`${`growth ${name}`.padEnd(50)}  ${ratio.toFixed(2)} ×${verdict(goal, ratio <= goal, '≤')}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function build(source, name) {
  run('g++', ['-O3', '-march=native', '-std=c++17', join(shared, source), '-o', join(folder, name)])
}

function measure({ name, jobs, nodes, load, seed, once, policy = 'fcfs', ...goals }, python) {
  const trace = join(folder, 'trace.csv')
  writeFileSync(trace, run(join(folder, 'generator'), [jobs, nodes, load, seed].map(String)))
  const engine = []
  const native = []
  for (let round = 0; round < (once ? 1 : rounds); round++) {
    engine.push(Number(run(process.execPath, [join(root, 'test/bench/engine-once.mjs'), trace, String(nodes), policy])))
    native.push(Number(/jobs\/s=(\d+)/.exec(run(join(folder, 'native'), [trace, String(nodes), 'tree']))[1]))
  }
  const ratios = engine.map((value, round) => value / native[round])
  console.log(`${name}: ratios ${ratios.map(ratio => ratio.toFixed(3)).join(' ')}`)
  const row = { name, engine: spread(engine), native: spread(native), ratio: spread(ratios), ...goals }
  return python === null || goals.simpyGoal === undefined ? row : { ...row, simpy: simpyOnce(python, trace, nodes) }
}

/** Jobs a second of SimPy's simulation phase. */
function simpyOnce(python, trace, nodes) {
  return Number(/jobs\/s=(\d+)/.exec(run(python, [join(shared, 'simpy-peer.py'), trace, String(nodes)]))[1])
}

/** A Python that has SimPy, in the cache; null, and why, where it cannot be had. */
function simpyPython() {
  const venv = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fabricdt', 'simpy-4.1.2')
  const python = join(venv, 'bin', 'python')
  try {
    if (spawnSync(python, ['-c', 'import simpy']).status === 0) return python
    run('python3', ['-m', 'venv', venv])
    run(python, ['-m', 'pip', 'install', '--quiet', 'simpy==4.1.2'])
    return python
  } catch (error) {
    console.log(`skipped: SimPy (${error.message.trim().split('\n').at(-1)})`)
    return null
  }
}

function verdict(goal, met, sign) {
  return goal === undefined ? '' : `, goal ${sign} ${goal}: ${met ? 'met' : 'not met'}`
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return { min: sorted[0], median: sorted[sorted.length >> 1], max: sorted.at(-1) }
}

function thousands(value) {
  return Math.round(value).toLocaleString('en').padStart(14)
}
