/**
 * Whether a provider that is told when containers begin could keep to it. Where it could not, the machine had too much to do:
 * all that waits for them is late, too, and says nothing about the prediction.
 */
import type { LiveAttempt } from '../../engine/index.ts'

/** Late by more than both of these, in the mean, is too late: seconds, and of the start-up that was told. */
const mostS = 0.25
const mostPart = 0.25

/** A sentence; null where it kept to it. `beginS`: seconds, NaN for what never began. */
export function lateness(
  provider: string,
  appliedS: ReadonlyMap<LiveAttempt, number>,
  beginS: (attempt: LiveAttempt) => number,
): string | null {
  const begun = [...appliedS].filter(([attempt]) => !Number.isNaN(beginS(attempt)))
  const sum = (of: (attempt: LiveAttempt, atS: number) => number) =>
    begun.reduce((total, [attempt, atS]) => total + of(attempt, atS), 0)
  const toldS = sum(({ startupS }) => startupS) / begun.length
  const lateS = sum((attempt, atS) => beginS(attempt) - atS) / begun.length - toldS
  if (!(lateS > Math.max(mostS, mostPart * toldS))) return null
  const told = `${toldS.toFixed(2)} s`
  return `${provider} was told to begin containers after ${told}, and was ${lateS.toFixed(2)} s late in the mean: the machine had too much to do`
}
