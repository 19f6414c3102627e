/**
 * Users in a closed loop: each thinks, sends a job, waits until it has the answer (or the job has left otherwise), and
 * thinks again. The thinking of a user is drawn at (user, how often it has thought), so that it is the same whatever
 * becomes of the jobs of others.
 */
import { distributions } from '../distributions.ts'
import { EngineError } from '../engine-error.ts'
import { push, remove } from '../heap.ts'
import { streams } from '../random.ts'
import type { Ground, Process } from './process.ts'

/** Random blocks for one time of thinking: enough for any distribution that rejects candidates. */
const blocksPerThought = 16

export class Closed implements Process {
  private readonly ground: Ground
  private readonly w: number
  /** Users that think: when each is done, and how often it has thought. */
  private readonly thinking: number[] = []
  private readonly doneS: Float64Array
  private readonly place: Int32Array
  private readonly thoughts: Float64Array
  /** Who sent the jobs that are in the system. */
  private readonly userOf = new Map<number, number>()

  constructor(ground: Ground, w: number) {
    this.ground = ground
    this.w = w
    const { fromS, users } = ground.model.workloads
    this.doneS = new Float64Array(users[w])
    this.place = new Int32Array(users[w])
    this.thoughts = new Float64Array(users[w])
    for (let user = 0; user < users[w]; user++) this.think(user, fromS[w])
  }

  /** Infinity while nobody thinks. */
  get nextS(): number {
    return this.thinking.length === 0 ? Number.POSITIVE_INFINITY : this.doneS[this.thinking[0]]
  }

  /** The one before it, where there is one, has come: its user waits from now on. */
  next(_afterS: number, ordinal: number): number {
    if (ordinal > 0) {
      const user = this.thinking[0]
      remove(this.thinking, user, this.doneS, this.place)
      this.userOf.set(ordinal - 1, user)
    }
    return this.nextS
  }

  left(ordinal: number, atS: number): void {
    const user = this.userOf.get(ordinal)
    if (user === undefined) throw new EngineError(`closed arrivals: nobody sent job ${ordinal}`)
    this.userOf.delete(ordinal)
    this.think(user, atS)
  }

  private think(user: number, fromS: number): void {
    const { ground, w } = this
    const { hash, interval, intervalA, intervalB } = ground.model.workloads
    ground.random.select(streams.arrivals, 0, hash[w], user, blocksPerThought * this.thoughts[user]++)
    this.doneS[user] = fromS + distributions[interval[w]].draw(ground.random, intervalA[w], intervalB[w])
    push(this.thinking, user, this.doneS, this.place)
  }
}
