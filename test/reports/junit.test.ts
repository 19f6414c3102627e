import { describe, expect, it } from 'vitest'
import { junit } from '../../reports/junit.ts'
import { fixtureResults } from './fixture.ts'
import { hostileResults } from './hostile.ts'
import { nodes, rate, sweepResults } from './sweep-fixture.ts'

const cases = (xml: string) => xml.match(/<testcase /g)?.length ?? 0
describe('JUnit', () => {
  it('has a case for each expectation and policy, with what was measured', () => {
    const results = fixtureResults()
    const xml = junit(results)
    expect(cases(xml)).toBe(results.expectations.length)
    expect(xml).toContain(`tests="${results.expectations.length}"`)
    expect(xml).toMatch(
      /<testcase classname="zone-blackout\.fcfs" name="deadlineMisses &lt; 1 %" file="scenarios\/zone-blackout\.yaml" line="48" time="0"><failure type="fail" message="[\d.]+\u00a0% \(/,
    )
    const failures = results.expectations.filter(row => row.status === 'fail' && row.severity === 'fail').length
    expect(xml.match(/<failure /g)).toHaveLength(failures)
    expect(xml).toContain(`failures="${failures}"`)
  })

  it('skips what is inconclusive, unless it is strict, and lets warnings pass', () => {
    const [row] = fixtureResults().expectations
    const of = (status: 'fail' | 'inconclusive', severity: 'fail' | 'warn', strict = false) =>
      junit({ ...fixtureResults(), expectations: [{ ...row, status, severity }] }, strict)
    expect(of('inconclusive', 'fail')).toContain('<skipped message="inconclusive: ')
    expect(of('inconclusive', 'fail', true)).toContain('<failure type="inconclusive"')
    expect(of('fail', 'warn')).toContain('<system-out>warning, fails: ')
    expect(of('fail', 'warn')).toContain('failures="0"')
  })

  it('names the points of a sweep', () => {
    const xml = junit(sweepResults([rate, nodes]))
    expect(cases(xml)).toBe(30 * 10)
    expect(xml).toContain('at camera arrivals rate 12/s, edge-microdc nodes 2"')
    expect(new Set(xml.match(/classname="[^"]*" name="[^"]*"/g)).size).toBe(300)
  })

  it('is well-formed whatever the names', () => {
    const results = hostileResults()
    const odd = { ...results, errors: [{ ...results.errors[0], message: 'a\u0000b\ud800 "\n\ttail' }] }
    const xml = junit(odd)
    expect(xml).toContain('message="a\ufffdb\ufffd &quot;&#10;&#9;tail"')
    expect(xml).toContain('errors="1"')
    expect(xml.replace(/<\/?(\?xml|testsuites?|testcase|failure|error|skipped|system-out)\b[^<>]*>/g, '')).not.toMatch(
      /[<>]/,
    )
  })
})
