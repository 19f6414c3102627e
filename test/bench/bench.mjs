// npm run bench: the engine beside the native limit on workload W, in interleaved rounds. Ratios within one run are
// what counts: machines are noisy. Needs ../shared/bench (trace generator and native limit) and g++.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shared = join(root, '..', 'shared', 'bench')
const rounds = Number(process.argv[2] ?? 5)
const cases = [
  { name: 'calm 1M/1k', jobs: 1_000_000, nodes: 1000, load: 0.8, seed: 1 },
  { name: 'hot 1M/1k', jobs: 1_000_000, nodes: 1000, load: 1.05, seed: 7 },
  { name: 'calm 1M/10k', jobs: 1_000_000, nodes: 10_000, load: 0.8, seed: 1 },
]

if (!existsSync(shared)) {
  console.log('skipped: ../shared/bench is not there, and without the native limit there is no ratio to give')
  process.exit(0)
}
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-bench-'))
try {
  build('trace-generator.cpp', 'generator')
  build('native-limit.cpp', 'native')
  const results = cases.map(measure)
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(
    join(root, 'out', 'bench.json'),
    `${JSON.stringify({ rounds, node: process.version, results }, null, 2)}\n`,
  )
  console.log('\ncase          engine jobs/s (median)  native jobs/s  ratio median (min to max)')
  for (const { name, engine, native, ratio } of results)
    console.log(
      `${name.padEnd(13)} ${thousands(engine.median)} ${thousands(native.median)}       ${ratio.median.toFixed(3)} (${ratio.min.toFixed(3)} to ${ratio.max.toFixed(3)})`,
    )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function build(source, name) {
  run('g++', ['-O3', '-march=native', '-std=c++17', join(shared, source), '-o', join(folder, name)])
}

function measure({ name, jobs, nodes, load, seed }) {
  const trace = join(folder, 'trace.csv')
  writeFileSync(trace, run(join(folder, 'generator'), [jobs, nodes, load, seed].map(String)))
  const engine = []
  const native = []
  for (let round = 0; round < rounds; round++) {
    engine.push(Number(run(process.execPath, [join(root, 'test/bench/engine-once.mjs'), trace, String(nodes)])))
    native.push(Number(/jobs\/s=(\d+)/.exec(run(join(folder, 'native'), [trace, String(nodes), 'tree']))[1]))
  }
  const ratios = engine.map((value, round) => value / native[round])
  console.log(`${name}: ratios ${ratios.map(ratio => ratio.toFixed(3)).join(' ')}`)
  return { name, engine: spread(engine), native: spread(native), ratio: spread(ratios) }
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
