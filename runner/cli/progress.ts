/** Progress on stderr: one calm line on a terminal, a line every ten seconds elsewhere. */
import type { Plan } from '../sweep/plan.ts'
import { CalmLine } from './calm-line.ts'

export class Progress {
  private readonly stream: NodeJS.WriteStream
  private readonly line: CalmLine
  private readonly label: string
  private total = 0
  private reused = 0
  private done = 0
  private failed = 0
  private readonly startedMs = performance.now()

  constructor(stream: NodeJS.WriteStream, label: string) {
    this.stream = stream
    this.line = new CalmLine(stream)
    this.label = label
  }

  plan({ trials, reused, changed }: Plan): void {
    this.total = trials
    this.reused = reused
    if (reused > 0) this.stream.write(`${this.label}: ${reused} of ${trials} trials are there already\n`)
    if (changed.length > 0) this.stream.write(`${this.label}: since the last run changed: ${changed.join(', ')}\n`)
    this.line.draw(this.text())
  }

  /** So many more are done; of these, so many errored. */
  trials(done: number, failed: number): void {
    this.done += done
    this.failed += failed
    this.line.tell(() => this.text())
  }

  /** Takes the line away; what follows begins on a clean one. */
  clear(): void {
    this.line.clear()
  }

  private text(): string {
    const elapsedS = (performance.now() - this.startedMs) / 1000
    // Reused ones took no time, and say nothing about those that are left.
    const ran = this.done - this.reused
    const left = ran <= 0 ? '' : `, about ${Math.ceil((elapsedS / ran) * Math.max(0, this.total - this.done))} s left`
    return `${this.label}: ${this.done}/${Math.max(this.done, this.total)} trials${this.failed > 0 ? `, ${this.failed} failed` : ''}${left}`
  }
}
