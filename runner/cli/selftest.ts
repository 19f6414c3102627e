/** A user's own proof that the installation computes rightly: simulated against known answers. */
import { exits } from '../errors.ts'
import { type SelftestResult, selftest } from '../selftest/selftest.ts'
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
  const progress = new Percentage(process.stderr)
  try {
    const onProgress = (done: number) => progress.tell(done)
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

/** How far it is: one calm line on a terminal, one every ten seconds elsewhere. */
class Percentage {
  private readonly stream: NodeJS.WriteStream
  private shownMs = performance.now()

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
  }

  tell(done: number): void {
    const { isTTY } = this.stream
    const now = performance.now()
    if (now - this.shownMs < (isTTY ? 200 : 10_000)) return
    this.shownMs = now
    const text = `selftest: ${Math.floor(100 * done)} %`
    this.stream.write(isTTY ? `\r\x1b[2K${text}` : `${text}\n`)
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K')
  }
}
