/**
 * At random with the rate of a state: states come one after another, round and round, each for an exponential time
 * (Markov-modulated Poisson process; Fischer and Meier-Hellstern, "The MMPP cookbook", 1993).
 */
import { streams } from '../random.ts'
import type { Ground, Process } from './process.ts'

export class Mmpp implements Process {
  private readonly ground: Ground
  private readonly w: number
  private readonly states: number
  private state = 0
  /** States so far, and when the one that is in force ends. */
  private stays = 0
  private endS: number

  /** The first state is drawn by the share of time that each has, so that the process is stationary from its begin. */
  constructor(ground: Ground, w: number) {
    this.ground = ground
    this.w = w
    const { fromS, hash, stateStart, stateStayS } = ground.model.workloads
    const [first, last] = [stateStart[w], stateStart[w + 1]]
    this.states = last - first
    let sum = 0
    for (let s = first; s < last; s++) sum += stateStayS[s]
    ground.random.select(streams.arrivals, 2, hash[w], 0)
    let left = ground.random.uniform() * sum
    while (this.state < this.states - 1 && left >= stateStayS[first + this.state])
      left -= stateStayS[first + this.state++]
    this.endS = fromS[w] + this.stay()
  }

  /** The integral of the rate from one job to the next is exponential of mean 1, whatever the states do meanwhile. */
  next(afterS: number, ordinal: number): number {
    const { ground, w } = this
    const { horizonS, workloads } = ground.model
    const { hash, stateRatePerS, stateStart, untilS } = workloads
    ground.random.select(streams.arrivals, 0, hash[w], ordinal)
    let left = -Math.log(ground.random.uniform())
    let time = afterS
    while (time < untilS[w] && time <= horizonS) {
      const rate = stateRatePerS[stateStart[w] + this.state]
      if (rate * (this.endS - time) >= left) return time + left / rate
      left -= rate * (this.endS - time)
      time = this.endS
      this.state = (this.state + 1) % this.states
      this.endS += this.stay()
    }
    return Number.POSITIVE_INFINITY
  }

  /** How long the state lasts that begins. */
  private stay(): number {
    const { ground, w, state } = this
    const { hash, stateStart, stateStayS } = ground.model.workloads
    ground.random.select(streams.arrivals, 1, hash[w], this.stays++)
    return -Math.log(ground.random.uniform()) * stateStayS[stateStart[w] + state]
  }
}
