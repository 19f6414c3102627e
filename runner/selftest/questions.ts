/** What runs are asked in several families. */
import type { RunResult } from '../../engine/index.ts'
import { mean } from '../../engine/statistics/descriptive.ts'

export const meanWait = ({ samples }: RunResult): number => mean(samples.waitTime)
export const meanResponse = ({ samples }: RunResult): number => mean(samples.responseTime)

/** Share of values, sorted ascending, that lie above a bound. */
export function shareAbove(sorted: ArrayLike<number>, bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] > bound) high = middle
    else low = middle + 1
  }
  return (sorted.length - low) / sorted.length
}

/** Mean wait of the jobs of a workload (its index) from ordinal `from` to before `to`, where jobs were recorded. */
export function meanWaitOf({ jobs }: RunResult, workload: number, from: number, to: number): number {
  let total = 0
  if (jobs === undefined) return Number.NaN
  for (let row = 0; row < jobs.ordinal.length; row++)
    if (jobs.workload[row] === workload && jobs.ordinal[row] >= from && jobs.ordinal[row] < to)
      total += jobs.waitTime[row]
  return total / (to - from)
}
