/** The engine's time on a clock: real in a run, of its own in a test. */

export interface Clock {
  /** Engine seconds. */
  nowS(): number
  /** Resolves at that time, or when woken; rejects with the signal's reason when it aborts. */
  until(atS: number, signal: AbortSignal): Promise<void>
  wake(): void
}

/** Timers of Node hold no longer than this. */
const longestMs = 2 ** 31 - 1

/** Second 0 is now. */
export class WallClock implements Clock {
  /** Milliseconds since the epoch of second 0. */
  readonly startMs = Date.now()
  private readonly zeroMs = performance.now()
  private woken: () => void = () => {}
  private isWoken = false

  nowS(): number {
    return (performance.now() - this.zeroMs) / 1000
  }

  until(atS: number, signal: AbortSignal): Promise<void> {
    const waitMs = Math.min(longestMs, Math.max(0, (atS - this.nowS()) * 1000))
    return new Promise((resolve, reject) => {
      const end = (act: () => void): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
        this.woken = () => {}
        this.isWoken = false
        act()
      }
      const abort = () => end(() => reject(signal.reason))
      const timer = setTimeout(() => end(resolve), waitMs)
      signal.addEventListener('abort', abort)
      this.woken = () => end(resolve)
      if (signal.aborted) abort()
      else if (this.isWoken) end(resolve)
    })
  }

  wake(): void {
    this.isWoken = true
    this.woken()
  }
}
