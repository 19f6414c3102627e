/** What an application showed of itself: beside what is compared, for services are not predicted. */
import { simple } from './energy-rows.ts'
import type { Statistic } from './errors-of.ts'
import { rowOf } from './latency-rows.ts'
import type { Observation } from './observation.ts'
import type { VerificationRow } from './verification.ts'

export function applicationRows({ application }: Observation): VerificationRow[] {
  if (application === undefined) return []
  const { p95S, requestsPerS, errorShare, source } = application
  const shown = (
    quantity: string,
    statistic: Statistic | 'share',
    unit: string,
    value: number | null,
  ): VerificationRow[] =>
    value === null
      ? []
      : [
          {
            ...rowOf('fabric', quantity, statistic, unit, simple(Number.NaN, value)),
            note: `by ${source}; not predicted`,
          },
        ]
  return [
    ...shown('applicationLatency', 'p95', 's', p95S),
    ...shown('applicationRequests', 'mean', '1/s', requestsPerS),
    ...shown('applicationErrors', 'share', '', errorShare),
  ]
}
