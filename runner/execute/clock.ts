/** The engine's time on a clock: real in a run, of its own in a test. */
import { pause } from '../clusters/pause.ts'

export interface Clock {
  /** Second 0 is now. */
  start(): void
  /** Engine seconds; 0 before the start. */
  nowS(): number
  /** Resolves at that time, or when woken; rejects with the signal's reason when it aborts. */
  until(atS: number, signal: AbortSignal): Promise<void>
  wake(): void
  /** Resolves after so many seconds, whoever is woken; rejects with the signal's reason when it aborts. */
  after(seconds: number, signal: AbortSignal): Promise<void>
}

/** Timers of Node hold no longer than this. */
const longestMs = 2 ** 31 - 1

export class WallClock implements Clock {
  private zeroMs: number | null = null
  /** Second 0, in milliseconds since the epoch; before the start what it would be now. */
  epochMs = Date.now()
  private woken: () => void = () => {}
  private isWoken = false

  start(): void {
    this.zeroMs = performance.now()
    this.epochMs = Date.now()
  }

  nowS(): number {
    return this.zeroMs === null ? 0 : (performance.now() - this.zeroMs) / 1000
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

  after(seconds: number, signal: AbortSignal): Promise<void> {
    return pause(seconds * 1000, signal)
  }
}
