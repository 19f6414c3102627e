/** How long lost work stood still. */
import { type AttemptRecords, attemptEnds } from './attempts.ts'

/**
 * Seconds from a stage's first loss to the next begin of an attempt of it that lasts; none where no other did. What is lost
 * again in between is of the same failure and counts once: the nodes of a dark zone are noticed one by one, so that what is
 * placed anew may come upon a dark neighbour. A begin lasts unless its attempt is lost within `detectionS` (seconds, by
 * node), the longest that a dark node passes for a good one.
 */
export function restarts(attempts: AttemptRecords, detectionS: (node: number) => number): number[] {
  return stagesOf(attempts).flatMap(rows => {
    const begins = rows.filter(row => lasts(attempts, row, detectionS)).map(row => attempts.beginS[row])
    const losses = rows.filter(row => isLost(attempts, row)).map(row => attempts.endS[row])
    return gapsOf(
      losses.sort((a, b) => a - b),
      begins,
    )
  })
}

/** Rows by stage of a job. */
function stagesOf({ workload, ordinal, stage }: AttemptRecords): number[][] {
  const rows = new Map<string, number[]>()
  for (let row = 0; row < stage.length; row++) {
    const key = `${workload[row]} ${ordinal[row]} ${stage[row]}`
    const known = rows.get(key)
    if (known === undefined) rows.set(key, [row])
    else known.push(row)
  }
  return [...rows.values()]
}

const isLost = ({ end }: AttemptRecords, row: number): boolean => end[row] === attemptEnds.indexOf('lost')

const lasts = (attempts: AttemptRecords, row: number, detectionS: (node: number) => number): boolean =>
  !Number.isNaN(attempts.beginS[row]) &&
  !(isLost(attempts, row) && attempts.endS[row] - attempts.beginS[row] <= detectionS(attempts.node[row]))

/** From each loss, in order, that no earlier gap holds, to the first begin after it. */
function gapsOf(losses: readonly number[], begins: readonly number[]): number[] {
  const gaps: number[] = []
  let untilS = Number.NEGATIVE_INFINITY
  for (const lossS of losses) {
    if (lossS < untilS) continue
    untilS = Math.min(...begins.filter(beginS => beginS > lossS))
    if (untilS < Number.POSITIVE_INFINITY) gaps.push(untilS - lossS)
  }
  return gaps
}
