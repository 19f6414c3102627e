/** What fails at random: a member is up for a time, then down for a time, and so on from time 0. */
import { distributions } from '../../engine/distributions.ts'
import type { Model } from '../../engine/model.ts'
import { type Random, streams } from '../../engine/random.ts'
import type { Mutation } from './mutations.ts'

export interface Member {
  index: number
  /** Number of the outage that is next, or in which it is. */
  outage: number
  failAtS: number
  repairAtS: number
  isDown: boolean
}

/** Outage k of member m, which was up since `upSinceS`. */
export function drawOutage(
  { randomFailures }: Model,
  random: Random,
  mutation: Mutation,
  m: number,
  k: number,
  upSinceS: number,
): Member {
  const { schedule, hash, ordinal, weight, up, upA, upB, down, downA, downB } = randomFailures
  const s = schedule[m]
  const drawDown = () => distributions[down[s]].draw(random, downA[s], downB[s])
  random.select(streams.failures, s, hash[m], ordinal[m], (mutation === 'outages alike' ? 0 : 16) * k)
  const early = mutation === 'down drawn before up' ? drawDown() : NaN
  const upS =
    distributions[up[s]].draw(random, upA[s], upB[s]) / (mutation === 'weight of members ignored' ? 1 : weight[m])
  const downS = mutation === 'down drawn before up' ? early : drawDown()
  const failAtS = upSinceS + upS
  return { index: m, outage: k, failAtS, repairAtS: failAtS + downS, isDown: false }
}
