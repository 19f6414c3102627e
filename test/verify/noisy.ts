/** An observation with noise: each finished attempt takes some part more or less, and begins some time later. */
import type { Observation } from '../../runner/verify/observation.ts'

/** Uniform noise around 1 by parts, and seconds of a run that do not depend on its work; queueing stays as it was. */
export function noisy(
  observation: Observation,
  { run = 0, start = 0, overheadS = 0, seed = 1 }: { run?: number; start?: number; overheadS?: number; seed?: number },
): Observation {
  let state = seed
  const uniform = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 1_073_741_824 - 1
  }
  const { attempts } = observation
  const beginS = attempts.beginS.map((beginS, row) => {
    const startS = beginS - attempts.activeS[row]
    return attempts.activeS[row] + startS * (1 + start * uniform())
  })
  const endS = attempts.endS.map((endS, row) => {
    const runS = endS - attempts.beginS[row]
    return beginS[row] + runS * (1 + run * uniform()) + overheadS
  })
  return { ...observation, attempts: { ...attempts, beginS, endS } }
}
