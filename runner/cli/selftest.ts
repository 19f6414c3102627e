/** A user's own proof that the installation computes rightly: simulated against known answers. */
import { exits } from '../errors.ts'
import { type SelftestResult, selftest } from '../selftest/selftest.ts'
import { CalmLine } from './calm-line.ts'
import { Interrupt } from './interrupt.ts'
import { selftestJson, selftestText } from './selftest-text.ts'

export interface SelftestFlags {
  seed: number
  long?: boolean
  json?: boolean
}

/** Exit code 0 if all lines hold, 3 if something could not even be simulated, else 1. */
export async function runSelftest({ seed, long = false, json = false }: SelftestFlags): Promise<number> {
  const interrupt = new Interrupt()
  const progress = new CalmLine(process.stderr)
  try {
    const onProgress = (done: number) => progress.tell(() => `selftest: ${Math.floor(100 * done)} %`)
    const result = await selftest({ seed, long, signal: interrupt.signal, onProgress })
    progress.clear()
    process.stdout.write(json ? `${selftestJson(result)}\n` : selftestText(result))
    return exitOf(result)
  } catch (error) {
    if (interrupt.exit === null) throw error
    progress.clear()
    process.stderr.write('interrupted\n')
    return interrupt.exit
  } finally {
    interrupt.release()
  }
}

/** See `runSelftest`. */
export function exitOf({ verdicts }: SelftestResult): number {
  if (verdicts.some(({ error }) => error !== null)) return exits.trial
  return verdicts.every(({ holds }) => holds) ? exits.ok : exits.expectation
}
