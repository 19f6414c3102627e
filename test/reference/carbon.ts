/** Carbon intensity as steps: what it is at an instant, and the grams of a course of power. */
import type { Model } from '../../engine/model.ts'
import type { Piece } from './measure.ts'
import type { World } from './world.ts'

/** A step with the instant at which the next begins. */
interface Step {
  fromS: number
  toS: number
  gramsPerKwh: number
}

function stepsOf({ carbon }: Model, cluster: number): Step[] {
  const indices = Array.from(carbon.atS.keys()).slice(carbon.start[cluster], carbon.start[cluster + 1])
  return indices.map((index, i) => ({
    fromS: carbon.atS[index],
    toS: i + 1 < indices.length ? carbon.atS[index + 1] : Infinity,
    gramsPerKwh: carbon.gramsPerKwh[index],
  }))
}

/** gCO2e/kWh; NaN where it is not known. */
export const intensityAt = (model: Model, cluster: number, timeS: number): number =>
  stepsOf(model, cluster).find(({ fromS, toS }) => fromS <= timeS && timeS < toS)?.gramsPerKwh ?? NaN

/** Grams that a cluster's watts cause from `fromS` to `toS`; NaN where its intensity is not known. */
export function emissions(
  { model, mutation }: World,
  history: readonly Piece[],
  cluster: number,
  fromS: number,
  toS: number,
): number {
  const steps = stepsOf(model, cluster)
  const within = (piece: Piece, step: Step) =>
    Math.max(0, Math.min(piece.toS, toS, step.toS) - Math.max(piece.fromS, fromS, step.fromS))
  let grams = steps.length === 0 ? NaN : 0
  for (const piece of history) {
    for (const step of steps) {
      const { gramsPerKwh } = mutation === 'intensity never changes' ? steps[0] : step
      grams += (piece.watts[cluster] * within(piece, step) * gramsPerKwh) / 3.6e6
    }
  }
  return grams
}
