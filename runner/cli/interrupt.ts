/** Ctrl-C and SIGTERM: the first ends the work cleanly, a second one at once. */
import { exits } from '../errors.ts'

export class Interrupt {
  /** Exit code to end with; null while nothing came. */
  exit: number | null = null
  private readonly controller = new AbortController()
  private readonly onSigint = () => this.interrupt(exits.sigint)
  private readonly onSigterm = () => this.interrupt(exits.sigterm)

  constructor() {
    process.on('SIGINT', this.onSigint)
    process.on('SIGTERM', this.onSigterm)
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  release(): void {
    process.off('SIGINT', this.onSigint)
    process.off('SIGTERM', this.onSigterm)
  }

  private interrupt(exit: number): void {
    if (this.exit !== null) process.exit(exit)
    this.exit = exit
    this.controller.abort()
  }
}
