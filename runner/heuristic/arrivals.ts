import type { Model } from '../../engine/index.ts'
import { cvOf, meanOf } from './spread.ts'

/** Jobs a second of a workload while it sends any, and the squared coefficient of variation of the times between them. */
export interface Stream {
  readonly ratePerS: number
  readonly cvSquared: number
}

export function streamOf({ workloads, traces }: Model, w: number): Stream {
  const kind = workloads.arrivals[w]
  if (kind === 1) return ofTrace(traces.submitS.subarray(workloads.traceStart[w], workloads.traceStart[w + 1]))
  if (kind !== 2) return { ratePerS: workloads.ratePerS[w], cvSquared: 1 }
  const interval = [workloads.interval[w], workloads.intervalA[w], workloads.intervalB[w]] as const
  const cv = cvOf(...interval)
  return { ratePerS: 1 / meanOf(...interval), cvSquared: cv * cv }
}

/** Jobs that all come at once have no rate: as if none came. */
function ofTrace(submitS: Float64Array): Stream {
  const count = submitS.length - 1
  const spanS = count < 1 ? 0 : submitS[count] - submitS[0]
  if (spanS === 0) return { ratePerS: 0, cvSquared: 0 }
  const meanS = spanS / count
  let squares = 0
  for (let i = 1; i <= count; i++) {
    const apart = submitS[i] - submitS[i - 1] - meanS
    squares += apart * apart
  }
  return { ratePerS: 1 / meanS, cvSquared: squares / count / (meanS * meanS) }
}
