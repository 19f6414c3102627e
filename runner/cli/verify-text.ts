/** Predicted against observed, as the terminal shows it after a run. */
import pc from 'picocolors'
import {
  blameInWords,
  errorInWords,
  rowName,
  share,
  statusMarks,
  valueInWords,
} from '../../reports/verification/words.ts'
import type { PolicyVerification, RowStatus, Verification, VerificationRow } from '../verify/verification.ts'

const colours: Record<RowStatus, (text: string) => string> = {
  pass: pc.green,
  fail: pc.red,
  inconclusive: pc.yellow,
  given: pc.dim,
  shown: pc.dim,
}
const verdicts = {
  pass: pc.green('✓ the prediction holds'),
  fail: pc.red('✗ the prediction is off'),
  inconclusive: pc.yellow('? the measurement does not tell'),
} as const

/** A table for each policy, what explains it, and the verdict last. */
export function verifyText({ provider, derived, policies, ranks, verdict }: Verification): string {
  const told = ranks.flatMap(({ metric, tau }) =>
    tau === null ? [] : [pc.dim(`ranks by ${metric}: Kendall’s τ ${tau.toFixed(2)}`)],
  )
  return `${[
    pc.bold(`predicted against observed on ${provider}`),
    ...derived.map(sentence => pc.dim(sentence)),
    ...policies.flatMap(policy => ['', ...policyLines(policy)]),
    ...(told.length === 0 ? [] : ['', ...told]),
    '',
    verdicts[verdict],
  ].join('\n')}\n`
}

function policyLines(policy: PolicyVerification): string[] {
  const rows = policy.rows.filter(({ scope }) => scope === 'fabric')
  const cells = [head, ...rows.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column].length)))
  const lines = cells.map(row =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  )
  const blame = blameInWords(policy)
  return [
    `${pc.bold(policy.policy)}  ${policy.jobs.compared} jobs compared`,
    pc.dim(`  ${lines[0]}`),
    ...rows.map((row, i) => {
      const note = row.note === '' ? '' : pc.dim(`  ${row.note}`)
      return `${colours[row.status](`${statusMarks[row.status] || ' '} ${lines[i + 1]}`)}${note}`
    }),
    ...(blame === '' ? [] : [blame]),
    ...policy.untrusted.map(reason => pc.yellow(`not measured: ${reason}`)),
    ...policy.given.map(sentence => pc.dim(`given: ${sentence}`)),
    ...policy.sources.map(sentence => pc.dim(`beside it: ${sentence}`)),
  ]
}

const head = ['', 'predicted', 'observed', 'error', 'single jobs', 'tolerance']

const cellsOf = (row: VerificationRow): string[] => [
  rowName(row).toLowerCase(),
  valueInWords(row, row.predicted),
  valueInWords(row, row.observed),
  errorInWords(row),
  share(row.mape),
  row.tolerance === null ? '' : `±${share(row.tolerance)}`,
]
