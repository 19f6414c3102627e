import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Scenario of the trials that are measured: M/M/1, a hundred jobs each. */
export const singleServer = `${root}test/bench/single-server.yaml`

/**
 * Runs `fabricdt-run` as it was built: its output, wall time and CPU time of all threads in milliseconds, peak memory in MB.
 * Throws where it does not exit with 0.
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
export function command(args, cwd = root) {
  const node = ['--import', `${root}test/bench/rusage.mjs`, `${root}runner/bin/fabricdt-run.mjs`]
  const begin = performance.now()
  const { status, output, stdout, stderr } = spawnSync(process.execPath, [...node, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  })
  const wallMs = performance.now() - begin
  if (status !== 0) throw new Error(`fabricdt-run ${args.join(' ')} exited with ${status}: ${stderr}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(output[3])
  return { stdout, wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMB: maxRSS / 1024 }
}

/** @param {readonly number[]} values */
export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
