import type { Results } from '../reports/results.ts'
import type { Scenario } from './scenario/scenario.ts'
import type { SweepOutcome } from './sweep/run-points.ts'

/** A page with a hundred thousand errors could not be opened, and says no more than one with the first hundred. */
const mostErrors = 100

/** What the results say of trials that errored, beside the other warnings. */
export function describeErrors(
  { policies }: Pick<Scenario, 'policies'>,
  errors: SweepOutcome<unknown>['errors'],
  warnings: Results['warnings'],
): Pick<Results, 'errors' | 'warnings'> {
  const more = errors.length - mostErrors
  const cut = { point: null, message: `${more} more trials errored than the ${mostErrors} that are listed.` }
  return {
    errors: errors.slice(0, mostErrors).map(error => ({ ...error, policy: policies[error.policy].label })),
    warnings: more > 0 ? [cut, ...warnings] : warnings,
  }
}
