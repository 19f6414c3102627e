/** Programs that providers run: started apart from the terminal, so that Ctrl-C reaches us and not them. */
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { FabricdtError } from '../errors.ts'
import { until } from './pause.ts'

export interface RunOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly input?: string
}

/** What it wrote to stdout. Throws FabricdtError `cluster-failed` with its last words, `provider-missing` where it is not there. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { env = {}, timeoutMs, signal, input }: RunOptions,
): Promise<string> {
  const result = await execa(program, args, {
    env,
    timeout: timeoutMs,
    reject: false,
    detached: true,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(signal === undefined ? {} : { cancelSignal: signal, gracefulCancel: false }),
  })
  if (!result.failed) return result.stdout
  signal?.throwIfAborted()
  const command = [program, ...args].join(' ')
  if (result.code === 'ENOENT') throw new FabricdtError('provider-missing', `${program}: not on this machine`)
  const why = result.timedOut ? `no end after ${timeoutMs / 1000} s` : lastWords(result.stderr || result.stdout)
  throw new FabricdtError('cluster-failed', `${command}: ${why || result.shortMessage}`)
}

const lastWords = (text: string): string => text.trimEnd().split('\n').slice(-3).join('\n').slice(-2000)

/** Where a program of the PATH is; null where it is not. */
export function programPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return folders.map(folder => join(folder, name)).find(isProgram) ?? null
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Processes whose command line names a path below the folder: ours, for nobody else knows of it. */
export function processesOf(folder: string): number[] {
  return pids().filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${folder}/`)
    } catch {
      // It has ended in the meantime.
      return false
    }
  })
}

/** Ends them without asking, for what they keep is thrown away. Throws FabricdtError `cluster-failed` when one does not end. */
export async function endProcessesOf(folder: string): Promise<void> {
  const gone = await until(
    // Again and again: one that is about to end may have started another.
    async () => {
      const left = processesOf(folder)
      signalProcesses(left, 'SIGKILL')
      return left.length === 0 ? true : null
    },
    { withinMs: 10_000, everyMs: 50 },
  )
  if (gone === null) throw new FabricdtError('cluster-failed', `processes ${processesOf(folder).join(', ')} do not end`)
}

/** Those that have ended in the meantime need none. */
export function signalProcesses(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      if (pid !== process.pid) process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number)
  } catch {
    // No /proc: not Linux, where these providers do not run either.
    return []
  }
}
