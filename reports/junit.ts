/**
 * Expectations as JUnit XML, for whatever shows test results: one case for each expectation × policy × point, and where the
 * scenario was executed one for each quantity that was compared.
 */
import type { VerificationRow } from '../runner/verify/verification.ts'
import { isSweep, pointName } from './factors.ts'
import { inWords } from './format/quantity.ts'
import { scaleFor } from './format/scale.ts'
import { metricInfo } from './lookup.ts'
import type { ExpectationResult, Results, TrialError } from './results.ts'
import { errorInWords, judgedRows, rowName, share, valueInWords } from './verification/words.ts'

/**
 * One test suite of the scenario's name. What fails is a failure, what only warns says so in its output; *inconclusive*
 * is skipped, or a failure where `strict`; a trial that errored is a case with an error.
 */
export function junit(results: Results, strict = false): string {
  const cases = [
    ...results.expectations.map(row => expectationCase(results, row, strict)),
    ...results.errors.map(error => errorCase(results, error)),
    ...verificationCases(results, strict),
  ]
  const count = (outcome: Case['outcome']) => cases.filter(one => one.outcome === outcome).length
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="fabricdt-run" ${totals}>`,
    `<testsuite name="${xmlText(results.scenario.name)}" ${totals} time="${results.run.wallS.toFixed(3)}" timestamp="${results.run.startedAt}">`,
    ...cases.map(({ xml }) => xml),
    '</testsuite>',
    '</testsuites>',
  ].join('\n')}\n`
}

interface Case {
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped'
  readonly xml: string
}

function expectationCase(results: Results, row: ExpectationResult, strict: boolean): Case {
  const said = `${actualInWords(results, row)}${row.note === '' ? '' : `: ${row.note}`}`
  const { outcome, body } = bodyOf(row, said, strict)
  const place = `file="${xmlText(row.at.file)}" line="${row.at.line}"`
  const name = xmlText(`${row.text}${at(results, row.point)}`)
  return {
    outcome,
    xml: `<testcase classname="${classOf(results, row.subject)}" name="${name}" ${place} time="0">${body}</testcase>`,
  }
}

function bodyOf(
  { status, severity }: Pick<ExpectationResult, 'status' | 'severity'>,
  said: string,
  strict: boolean,
): Pick<Case, 'outcome'> & { body: string } {
  const fails = status === 'fail' || (status === 'inconclusive' && strict)
  if (fails && severity === 'fail')
    return { outcome: 'failure', body: `<failure type="${status}" message="${xmlText(said)}"/>` }
  if (status === 'inconclusive')
    return { outcome: 'skipped', body: `<skipped message="${xmlText(`inconclusive: ${said}`)}"/>` }
  const warning = status === 'fail' ? 'warning, fails: ' : ''
  return { outcome: 'passed', body: `<system-out>${xmlText(`${warning}${said}`)}</system-out>` }
}

/** `12.2 s (12.1–12.3 s)`. */
function actualInWords(results: Results, { metric, unit, actual, low, high }: ExpectationResult): string {
  if (actual === null) return 'no value'
  const share = metricInfo(results, metric)?.share ?? false
  return inWords(actual, low ?? actual, high ?? actual, scaleFor(unit, share, actual))
}

function errorCase(results: Results, { point, policy, replication, code, message }: TrialError): Case {
  const name = xmlText(`replication ${replication}${at(results, point)}`)
  const body = `<error type="${xmlText(code)}" message="${xmlText(message)}"/>`
  return {
    outcome: 'error',
    xml: `<testcase classname="${classOf(results, policy)}" name="${name}" time="0">${body}</testcase>`,
  }
}

/** What was given or only shown is no case: it decides nothing. */
const verificationCases = (results: Results, strict: boolean): Case[] =>
  (results.verification?.policies ?? []).flatMap(policy =>
    judgedRows(policy).map(row => verificationCase(results, policy.policy, row, strict)),
  )

function verificationCase(results: Results, policy: string, row: VerificationRow, strict: boolean): Case {
  const of = `predicted ${valueInWords(row, row.predicted)}, observed ${valueInWords(row, row.observed)}`
  const error = `error ${errorInWords(row)}, tolerated ${share(row.tolerance)}`
  const said = [of, error, row.note].filter(text => text !== '').join('; ')
  const status = row.status === 'pass' || row.status === 'fail' ? row.status : 'inconclusive'
  const { outcome, body } = bodyOf({ status, severity: 'fail' }, said, strict)
  const name = xmlText(`verification: ${rowName(row)}`)
  return {
    outcome,
    xml: `<testcase classname="${classOf(results, policy)}" name="${name}" time="0">${body}</testcase>`,
  }
}

const classOf = (results: Results, policy: string): string => xmlText(`${results.scenario.name}.${policy}`)

function at(results: Results, index: number): string {
  const point = results.points.find(candidate => candidate.index === index)
  return point === undefined || !isSweep(results) ? '' : ` at ${pointName(results, point)}`
}

/** For attributes and text alike; characters that XML 1.0 does not know are replaced. */
export const xmlText = (text: string): string =>
  text
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, character => `&#${character.charCodeAt(0)};`)
