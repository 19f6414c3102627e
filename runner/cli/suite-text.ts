/** The suite in the terminal: question, scenario, criteria with what was measured, verdict. */
import pc from 'picocolors'
import type { FindingStatus } from '../suite/experiment.ts'
import type { ExperimentResult, SuiteResult } from '../suite/suite.ts'

const marks: Record<FindingStatus, string> = {
  pass: pc.green('✓'),
  fail: pc.red('✗'),
  inconclusive: pc.yellow('?'),
  skipped: pc.yellow('–'),
}

/** One experiment, when it is over. */
export function experimentText({
  id,
  title,
  question,
  scenario,
  criterion,
  findings,
  verdict,
  observed,
}: ExperimentResult): string {
  const width = Math.max(...findings.map(finding => finding.criterion.length))
  return [
    `${marks[verdict]} ${pc.bold(`${id} ${title}`)}  ${question}`,
    pc.dim(`  ${scenario}${observed === '' ? '' : `, ${observed}`}`),
    pc.dim(`  ${criterion}`),
    ...findings.map(finding => `  ${marks[finding.status]} ${finding.criterion.padEnd(width)}  ${finding.measured}`),
    '',
  ].join('\n')
}

/** What it comes to, in a line. */
export function suiteConclusion({ experiments, wallS }: SuiteResult): string {
  const ids = (verdict: ExperimentResult['verdict']) =>
    experiments.filter(one => one.verdict === verdict).map(({ id }) => id)
  const [passed, failed, open] = [ids('pass'), ids('fail'), ids('inconclusive')]
  const parts = [
    `${passed.length} of ${experiments.length} experiments hold`,
    ...(failed.length === 0 ? [] : [`${failed.join(', ')} fail`]),
    ...(open.length === 0 ? [] : [`${open.join(', ')} stay open`]),
  ]
  return `${parts.join('; ')} (${wallS.toFixed(0)} s)`
}
