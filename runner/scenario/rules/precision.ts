import { findMetric, metrics } from '../../../engine/metrics.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Stopping at a precision: of a metric that there is, and not before it begins. */
export const precision: Rule = ({ view, problems }, { replications, replicationsUntil: until }) => {
  const given = view.replications
  if (typeof given !== 'object') return
  const path = ['spec', 'replications']
  if (until === null) {
    for (const field of ['max', 'batch'] as const)
      if (given[field] !== undefined)
        problems.add('not-allowed', [...path, field], `“${field}” needs “until”`, {
          key: true,
          hint: 'Remove it, or add `until: {metric: latency.p95, halfWidth: 5%}`.',
        })
    return
  }
  if (until.metric !== undefined && findMetric(until.metric) === undefined)
    problems.add('unknown-metric', [...path, 'until', 'metric'], `there is no metric “${until.metric}”`, {
      hint: suggest(
        until.metric,
        metrics.map(metric => metric.name),
        `Use one of ${metrics.map(metric => metric.name).join(', ')}.`,
      ),
    })
  if (until.max !== undefined && replications !== undefined && until.max < replications)
    problems.add(
      'out-of-range',
      [...path, given.max === undefined ? (given.count === undefined ? 'batch' : 'count') : 'max'],
      `at most ${until.max} replications are fewer than the first ${replications}`,
      { hint: 'Give a larger `max`, or a smaller `count` or `batch`.' },
    )
}
