/** Programs that go on when we end: what they say is in a file. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { FabricdtError } from '../../errors.ts'
import { until } from '../pause.ts'

/** Throws FabricdtError `provider-missing` where the program cannot be started. */
export async function startDaemon(program: string, args: readonly string[], log: string): Promise<void> {
  const out = openSync(log, 'a', 0o600)
  try {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', out, out] })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', cause =>
        reject(new FabricdtError('provider-missing', `${program}: ${cause.message}`, { cause })),
      )
    })
    child.unref()
  } finally {
    closeSync(out)
  }
}

/** Throws FabricdtError `cluster-failed` with the program's last words when the file, a socket, does not come. */
export async function waitForFile(file: string, log: string, signal: AbortSignal | undefined): Promise<void> {
  const there = await until(async () => (existsSync(file) ? true : null), { withinMs: 20_000, everyMs: 50, signal })
  if (there !== null) return
  const words = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join('\n')
  throw new FabricdtError('cluster-failed', `${file} does not come: ${words}`)
}
