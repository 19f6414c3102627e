/** Cores that stay free although work waits: what fragments of nodes, and heads of queues that block, cost. */
import type { Clock } from './clock.ts'
import type { Energy } from './energy.ts'

/**
 * Integrates, over the times in which any stage waits to be placed, the cores of the nodes that are up and those of
 * them in use, core-seconds. What is put off or held back by a quota does not wait. Two integrals are read when such a
 * time begins and when it is over, so that nothing is done at the events within it.
 */
export class Stranded {
  upCoreS = 0
  busyCoreS = 0
  private readonly energy: Energy
  private readonly clock: Clock
  private waits = false

  constructor(energy: Energy, clock: Clock) {
    this.energy = energy
    this.clock = clock
  }

  /** The instant `now` is over, with this many stages waiting. */
  instantOver(waiting: number): void {
    if (waiting > 0 === this.waits) return
    this.waits = !this.waits
    const sign = this.waits ? -1 : 1
    const { upCoreS, busyCoreS } = this.energy.coreIntegrals(this.clock.now)
    this.upCoreS += sign * upCoreS
    this.busyCoreS += sign * busyCoreS
  }
}
