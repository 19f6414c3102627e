/** How a command ends: results decide between 0, 1 and 3; errors carry their own code. A prediction that is off is an expectation that failed. */
import type { Results } from '../../reports/results.ts'
import { exits } from '../errors.ts'

export function exitOf(results: Pick<Results, 'errors' | 'expectations' | 'verification'>, strict: boolean): number {
  if (results.errors.length > 0) return exits.trial
  const failed = results.expectations.some(
    ({ status, severity }) => severity === 'fail' && (status === 'fail' || (strict && status === 'inconclusive')),
  )
  const verdict = results.verification?.verdict
  const off = verdict === 'fail' || (strict && verdict === 'inconclusive')
  return failed || off ? exits.expectation : exits.ok
}
