import type { Rule } from './rule.ts'

/** A file of carbon intensity or prices says what is in force when the run begins, and should go on to its end. */
export const rateCover: Rule = ({ problems }, { start, horizonS }, { rateCovers }) => {
  const isoAt = (seconds: number) =>
    new Date(Date.parse(start ?? '') + seconds * 1000).toISOString().replace('.000Z', 'Z')
  for (const { path, beginS, endS } of rateCovers)
    if (beginS > 0)
      problems.add('out-of-range', path, `the file begins at ${isoAt(beginS)}, after the run does at ${start}`, {
        hint: 'Give a later spec.start, or a file that covers it.',
      })
    else if (endS <= 0)
      problems.add('out-of-range', path, `the file ends at ${isoAt(endS)}, before the run begins at ${start}`, {
        hint: 'Give an earlier spec.start, or a file that covers it.',
      })
    else if (typeof horizonS === 'number' && endS < horizonS)
      problems.add(
        'out-of-range',
        path,
        `the file ends at ${isoAt(endS)}, before the run does: its last value goes on`,
        {
          severity: 'warning',
          hint: 'Give a file that covers the run.',
        },
      )
}
