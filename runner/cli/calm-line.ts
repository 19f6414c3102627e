/** One line that tells how far it is: redrawn calmly on a terminal, written every ten seconds elsewhere. */

const redrawMs = 200
const lineMs = 10_000

export class CalmLine {
  private readonly stream: NodeJS.WriteStream
  private shownMs = performance.now()

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
  }

  /** Shows it unless it was shown a moment ago. */
  tell(text: () => string): void {
    const { isTTY } = this.stream
    const now = performance.now()
    if (now - this.shownMs < (isTTY ? redrawMs : lineMs)) return
    this.shownMs = now
    if (isTTY) this.draw(text())
    else this.stream.write(`${text()}\n`)
  }

  /** On a terminal only. */
  draw(text: string): void {
    if (this.stream.isTTY) this.stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, (this.stream.columns ?? 80) - 1))}`)
  }

  /** Takes the line away; what follows begins on a clean one. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K')
  }
}
