/** Verdicts and JUnit of findings made by hand. */
import { expect, test } from 'vitest'
import { suiteJunit } from '../../reports/suite/junit.ts'
import { renderSuite } from '../../reports/suite/page.ts'
import { type Finding, type FindingStatus, verdictOf } from '../../runner/suite/experiment.ts'
import { type SuiteResult, suiteFails } from '../../runner/suite/suite.ts'

const finding = (status: FindingStatus): Finding => ({ criterion: `a < b is "${status}"`, measured: '1 & 2', status })

const suite = (...statuses: FindingStatus[]): SuiteResult => {
  const findings = statuses.map(finding)
  return {
    apiVersion: 'fabricdt.io/suite.v1alpha1',
    kind: 'Suite',
    version: '0',
    startedAt: '2026-01-01T00:00:00.000Z',
    wallS: 1,
    experiments: [
      {
        id: 'V1',
        title: 'One',
        question: 'Is <it>?',
        scenario: 'one.yaml',
        criterion: 'It is.',
        findings,
        verdict: verdictOf(findings),
        observed: '',
        reports: [{ name: 'prediction', href: '../one/report.html' }],
      },
    ],
  }
}

test('one that fails fails all; one that is open or skipped leaves it open; nothing at all proves nothing', () => {
  expect(verdictOf(suite('pass', 'pass').experiments[0].findings)).toBe('pass')
  expect(verdictOf(suite('pass', 'skipped').experiments[0].findings)).toBe('inconclusive')
  expect(verdictOf(suite('inconclusive', 'fail').experiments[0].findings)).toBe('fail')
  expect(verdictOf([])).toBe('inconclusive')
  expect([suiteFails(suite('fail', 'pass')), suiteFails(suite('inconclusive'))]).toEqual([true, false])
})

test('JUnit counts failures and what is open, and escapes', () => {
  const xml = suiteJunit(suite('pass', 'fail', 'inconclusive', 'skipped'))
  expect(xml).toContain('<testsuite name="V1 One" tests="4" failures="1" errors="0" skipped="2">')
  expect(xml).toContain('name="a &lt; b is &quot;fail&quot;" time="0"><failure type="fail" message="1 &amp; 2"/>')
})

test('the page escapes what it is told', async () => {
  const page = await renderSuite(suite('fail'))
  expect(page).toContain('Is &lt;it&gt;?')
  expect(page).toContain('<a href="../one/report.html">prediction</a>')
})
