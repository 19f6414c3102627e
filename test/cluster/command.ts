/** The command itself, run to its end or killed before. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pause, until } from '../../runner/clusters/pause.ts'

const command = fileURLToPath(new URL('../../runner/bin/fabricdt-run.mjs', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Kill {
  readonly signal: NodeJS.Signals
  /** Looked for first; from the begin where it is absent. */
  readonly when?: () => boolean
  readonly afterMs: number
}

/** Runs it, and ends it before its time where told to. */
export function run(args: readonly string[], kill?: Kill): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => {
    stdout += String(chunk)
  })
  child.stderr.on('data', chunk => {
    stderr += String(chunk)
  })
  if (kill !== undefined)
    void until(async () => (kill.when?.() === false ? null : true), { withinMs: 120_000, everyMs: 20 })
      .then(() => pause(kill.afterMs))
      .then(() => child.kill(kill.signal))
  return new Promise(resolve => child.on('close', code => resolve({ code, stdout, stderr })))
}
