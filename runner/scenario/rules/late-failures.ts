import type { Rule } from './rule.ts'

/** A failure after the end of the run is likely a slip, but does no harm. */
export const lateFailures: Rule = ({ problems }, draft) => {
  if (typeof draft.horizonS !== 'number') return
  for (const [i, failure] of draft.failures.entries())
    if (failure?.atS !== undefined && failure.atS > draft.horizonS)
      problems.add(
        'out-of-range',
        ['spec', 'failures', i, 'at'],
        'the failure comes after the horizon: it never happens',
        { severity: 'warning', hint: 'Let it come earlier, or remove it.' },
      )
}
