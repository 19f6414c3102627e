import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { packageRoot } from '../package-root.ts'
import { settleMs } from '../settle-threads.ts'
import type { Drawn, ToDraw } from './drawing.ts'

/**
 * A thread that draws while the caller does other things. It starts at once, since Vega takes long to load. More of
 * them would hardly be faster: each has to load and warm up all of Vega first.
 */
export class DrawingThread {
  private readonly pool = new Piscina({
    // Threads run built JavaScript, whoever starts them.
    filename: fileURLToPath(new URL('dist/bundle/draw.js', packageRoot)),
    minThreads: 1,
    maxThreads: 1,
    recordTiming: false,
  })
  private busyMs = performance.now()

  /** As `drawHere` does it: the same bytes. */
  readonly draw = async (all: ToDraw): Promise<Drawn> => {
    const drawn = (await this.pool.run(all)) as Drawn
    this.busyMs = performance.now()
    return drawn
  }

  /** The thread does not survive it. */
  async close(): Promise<void> {
    await setTimeout(Math.max(0, this.busyMs + settleMs - performance.now()))
    await this.pool.destroy()
  }
}
