/** Predicted against observed, as the page tells it: the verdict, what it rests on, and what counts for nothing. */
import type { PolicyVerification, Verification, VerificationRow } from '../../runner/verify/verification.ts'
import { formatDuration } from '../format/duration.ts'
import type { Results } from '../results.ts'
import {
  blameInWords,
  errorInWords,
  judgedRows,
  rowName,
  share,
  statusMarks,
  statusWords,
  valueInWords,
} from '../verification/words.ts'
import type { Section } from './sections.ts'

const headlines = {
  pass: 'The prediction holds',
  fail: 'The prediction is off',
  inconclusive: 'The measurement does not tell',
} as const

/** null where nothing was executed. */
export function verificationPart({ verification }: Results, section: Section | undefined) {
  if (verification === undefined) return null
  return {
    headline: headlines[verification.verdict],
    intro: introOf(verification),
    policies: verification.policies.map(policyOf),
    ranks: ranksOf(verification).join(' '),
    figures: section ?? null,
  }
}

function introOf({ provider, derived }: Verification): string {
  const how =
    'Errors are predicted minus observed, in per cent of what was observed; a row holds if the whole interval of its error lies within the tolerance.'
  return [`Executed on ${provider}.`, ...derived, how].join(' ')
}

function policyOf(policy: PolicyVerification) {
  const counts = judgedRows(policy)
  const within = counts.filter(({ status }) => status === 'pass').length
  const { jobs, sample } = policy
  return {
    name: policy.policy,
    label: `Predicted against observed: ${policy.policy}`,
    summary: [
      `${within} of ${counts.length} quantities within tolerance, over ${jobs.compared} jobs.`,
      blameInWords(policy),
      coverageInWords(policy),
    ]
      .filter(text => text !== '')
      .join(' '),
    noise:
      sample.coverage === null
        ? ''
        : `${share(sample.coverage)} of the jobs lie within the interval that the calibration’s noise gives (95 % would).`,
    rows: policy.rows.filter(({ scope }) => scope === 'fabric').map(rowOf),
    given: policy.given,
    untrusted: policy.untrusted,
    sources: policy.sources,
    failures: policy.failures.map(failure => ({
      name: `${failure.label}, ${failure.cluster}`,
      means: failure.means,
      planned: formatDuration(failure.plannedS),
      injected: time(failure.injectedS),
      detection: `${failure.detectionS === null ? '\u2013' : formatDuration(failure.detectionS)} (predicted ${formatDuration(failure.predictedDetectionS)})`,
      recovered: time(failure.recoveredS),
    })),
  }
}

const time = (seconds: number | null): string => (seconds === null ? '\u2013' : formatDuration(seconds))

const rowOf = (row: VerificationRow) => ({
  name: rowName(row),
  predicted: valueInWords(row, row.predicted),
  observed: valueInWords(row, row.observed),
  error: errorInWords(row),
  mape: share(row.mape),
  tolerance: row.tolerance === null ? '' : `\u00b1${share(row.tolerance)}`,
  status: row.status,
  mark: statusMarks[row.status],
  word: statusWords[row.status],
  note: [row.note, rangeOf(row)].filter(text => text !== '').join('; '),
})

/** How many of the totals lie where the replications say that a run does. */
function coverageInWords({ rows }: PolicyVerification): string {
  const ranges = rows.flatMap(({ range }) => range ?? [])
  const covered = ranges.filter(range => range.covered).length
  return ranges.length === 0 ? '' : `${covered} of ${ranges.length} totals lie where 95 % of the predicted runs do.`
}

const rangeOf = ({ range }: VerificationRow): string =>
  range === null ? '' : `${range.covered ? 'within' : 'outside'} the range of 95 % of predicted runs`

/** Whether policies rank alike: a sentence for each metric. */
const ranksOf = ({ ranks }: Verification): string[] =>
  ranks.flatMap(({ metric, tau }) =>
    tau === null
      ? []
      : [`By ${metric} the policies rank ${tau === 1 ? 'alike' : `with Kendall’s τ = ${tau.toFixed(2)}`}.`],
  )
