/** What the engine is measured against: built from ../shared/bench where that is there. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const shared = fileURLToPath(new URL('../../../shared/bench', import.meta.url))

export const arePeersThere = existsSync(shared)

/** The program's output. Throws where it does not exit with 0. */
export function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

export class Peers {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'fabricdt-bench-'))
    this.build('trace-generator.cpp', 'generator')
    this.build('native-limit.cpp', 'native')
    this.python = simpyPython()
  }

  build(source, name) {
    run('g++', ['-O3', '-march=native', '-std=c++17', join(shared, source), '-o', join(this.folder, name)])
  }

  /** Writes a trace of workload W; its path. */
  trace({ jobs, nodes, load, seed }) {
    const path = join(this.folder, 'trace.csv')
    writeFileSync(path, run(join(this.folder, 'generator'), [jobs, nodes, load, seed].map(String)))
    return path
  }

  /** Jobs a second of the native limit, first come, first served. */
  native(trace, nodes) {
    return jobsPerS(run(join(this.folder, 'native'), [trace, String(nodes), 'tree']))
  }

  /** Jobs a second of SimPy's simulation phase; null where it is not to be had. */
  simpy(trace, nodes) {
    return this.python === null
      ? null
      : jobsPerS(run(this.python, [join(shared, 'simpy-peer.py'), trace, String(nodes)]))
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const jobsPerS = text => Number(/jobs\/s=(\d+)/.exec(text)[1])

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
    console.error(`skipped: SimPy (${error.message.trim().split('\n').at(-1)})`)
    return null
  }
}
