/** The suite as JUnit XML: a test suite an experiment, a case a criterion. */
import type { Finding } from '../../runner/suite/experiment.ts'
import type { ExperimentResult, SuiteResult } from '../../runner/suite/suite.ts'
import { xmlText } from '../junit.ts'

/** What is open or was skipped is skipped. */
export function suiteJunit({ experiments, wallS, startedAt }: SuiteResult): string {
  const all = experiments.flatMap(({ findings }) => findings)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="fabricdt-run run-suite" ${totals(all)} time="${wallS.toFixed(3)}" timestamp="${startedAt}">`,
    ...experiments.flatMap(suite),
    '</testsuites>',
  ].join('\n')}\n`
}

const suite = (experiment: ExperimentResult): string[] => [
  `<testsuite name="${xmlText(`${experiment.id} ${experiment.title}`)}" ${totals(experiment.findings)}>`,
  ...experiment.findings.map(
    finding =>
      `<testcase classname="${experiment.id}" name="${xmlText(finding.criterion)}" time="0">${body(finding)}</testcase>`,
  ),
  '</testsuite>',
]

function totals(findings: readonly Finding[]): string {
  const failures = findings.filter(({ status }) => status === 'fail').length
  const skipped = findings.filter(({ status }) => status === 'inconclusive' || status === 'skipped').length
  return `tests="${findings.length}" failures="${failures}" errors="0" skipped="${skipped}"`
}

function body({ status, measured }: Finding): string {
  if (status === 'fail') return `<failure type="fail" message="${xmlText(measured)}"/>`
  if (status === 'pass') return `<system-out>${xmlText(measured)}</system-out>`
  return `<skipped message="${xmlText(`${status}: ${measured}`)}"/>`
}
