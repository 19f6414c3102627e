/** How a command ends: results decide between 0, 1 and 3; errors carry their own code. */
import type { Results } from '../../reports/results.ts'
import { exits } from '../errors.ts'

export function exitOf(results: Pick<Results, 'errors' | 'expectations'>, strict: boolean): number {
  if (results.errors.length > 0) return exits.trial
  const failed = results.expectations.some(
    ({ status, severity }) => severity === 'fail' && (status === 'fail' || (strict && status === 'inconclusive')),
  )
  return failed ? exits.expectation : exits.ok
}
