/** What the energy of each cluster comes to at a rate per kilowatt-hour that changes in steps: grams, or money. */
import { type Rates, stepsBefore } from './rates.ts'

export class RatedEnergy {
  /** Time of the next change of a rate. */
  nextS = Number.POSITIVE_INFINITY
  private readonly rates: Rates
  /** Step in force of each cluster, what came of it up to its begin, and joules up to there. */
  private readonly step: Int32Array
  private readonly closed: Float64Array
  private readonly closedJ: Float64Array

  constructor(rates: Rates) {
    const clusters = rates.start.length - 1
    this.rates = rates
    this.step = stepsBefore(rates)
    this.closed = new Float64Array(clusters)
    this.closedJ = new Float64Array(clusters)
    this.findNext()
  }

  /** The rates that change at `nextS` do: the joules up to then counted at the old ones. */
  pass(energyJ: Float64Array): void {
    const { start, atS } = this.rates
    const at = this.nextS
    for (let c = 0; c < this.step.length; c++) {
      if (this.step[c] + 1 >= start[c + 1] || atS[this.step[c] + 1] !== at) continue
      this.closed[c] = this.of(c, energyJ[c])
      this.closedJ[c] = energyJ[c]
      this.step[c]++
    }
    this.findNext()
  }

  /** What so many joules of a cluster from time 0 on come to; NaN where its rate is not known. */
  of(cluster: number, energyJ: number): number {
    return this.closed[cluster] + ((energyJ - this.closedJ[cluster]) * this.inForce(cluster)) / 3.6e6
  }

  /** Per kilowatt-hour; NaN where it is not known. */
  inForce(cluster: number): number {
    const { start, values } = this.rates
    return start[cluster] === start[cluster + 1] ? Number.NaN : values[this.step[cluster]]
  }

  private findNext(): void {
    const { start, atS } = this.rates
    this.nextS = Number.POSITIVE_INFINITY
    for (let c = 0; c < this.step.length; c++)
      if (this.step[c] + 1 < start[c + 1]) this.nextS = Math.min(this.nextS, atS[this.step[c] + 1])
  }
}
