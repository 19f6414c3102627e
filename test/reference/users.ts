/** Users in a closed loop: each thinks, sends a job, and thinks again when it has left. */
import { distributions } from '../../engine/distributions.ts'
import { streams } from '../../engine/random.ts'
import type { Job, World } from './world.ts'

export interface User {
  /** When it has thought enough; Infinity while it has a job in the system. */
  doneS: number
  thoughts: number
  job: Job | null
}

export const createUsers = (world: World, w: number): User[] =>
  Array.from({ length: world.model.workloads.users[w] }, (_, index) => {
    const user = { doneS: Infinity, thoughts: 0, job: null }
    think(world, w, user, index, world.model.workloads.fromS[w])
    return user
  })

function think({ model: { workloads }, random }: World, w: number, user: User, index: number, fromS: number): void {
  const { hash, interval, intervalA, intervalB } = workloads
  random.select(streams.arrivals, 0, hash[w], index, 16 * user.thoughts++)
  user.doneS = fromS + distributions[interval[w]].draw(random, intervalA[w], intervalB[w])
}

/** Those whose jobs have left think again: from the answer on, where there is one. */
export function noticeAnswers(world: World, w: number, users: readonly User[]): void {
  for (const [index, user] of users.entries()) {
    const { job } = user
    if (job === null || job.outcome === 'alive') continue
    user.job = null
    think(world, w, user, index, job.outcome === 'completed' ? job.answeredS : job.endS)
  }
}

/** The user who is done first has sent a job. */
export function send(users: readonly User[], job: Job): void {
  const first = users.reduce((best, user) => (user.doneS < best.doneS ? user : best))
  first.doneS = Infinity
  first.job = job
}
