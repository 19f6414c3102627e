import { describe, expect, it } from 'vitest'
import { expectationSummary } from '../../reports/page/expectation-list.ts'
import { verdict } from '../../reports/page/verdict.ts'
import type { Results } from '../../reports/results.ts'
import { fixtureResults, fixtureTrials } from './fixture.ts'
import { fixturePolicies } from './fixture-runs.ts'
import { summarizeTrials } from './summarize-trials.ts'

type Values = Record<string, { deadlineMisses?: number[]; 'latency.p95'?: number[]; energy?: number[] }>

/** Results of policies with such values in each replication. */
function resultsOf(values: Values, random = true): Results {
  const base = fixtureResults()
  const policies = Object.keys(values)
  const trials = policies.flatMap(policy =>
    (values[policy].energy ?? []).map((energy, replication) => {
      const { summary } = fixtureTrials()[0]
      const deadlineMisses = values[policy].deadlineMisses?.[replication] ?? Number.NaN
      const p95 = values[policy]['latency.p95']?.[replication] ?? 5
      return {
        policy,
        replication,
        summary: {
          ...summary,
          fabric: { ...summary.fabric, energy, deadlineMisses, 'latency.p95': p95, 'latency.mean': p95 / 2 },
        },
      }
    }),
  )
  return {
    ...base,
    policies: policies.map(label => ({ label, name: label, summary: '', options: {} })),
    ...summarizeTrials({ point: 0, policies, clusters: [], trials, expectations: [], steadyAfterS: null, random }),
  }
}

const sentence = (results: Results) =>
  verdict(results)
    .map(phrase => phrase.text)
    .join('')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/\u2060/g, '')

const misses = { good: [0.004, 0.0042, 0.0038, 0.004], bad: [0.035, 0.0352, 0.0348, 0.0354] }

describe('verdict', () => {
  it('names the best, by how much, and at what price', () => {
    const results = resultsOf({
      'greedy-latency': { deadlineMisses: misses.bad, energy: [3.6e6, 3.61e6, 3.59e6, 3.6e6] },
      resilient: { deadlineMisses: misses.good, energy: [4.03e6, 4.05e6, 4.02e6, 4.03e6] },
    })
    expect(sentence(results)).toBe(
      'resilient misses 0.40 % (0.37–0.43 %) of deadlines, 3.11 percentage points fewer than greedy-latency, for 12.0 % (11.8–12.2 %) more energy.',
    )
    expect(
      verdict(results)
        .filter(phrase => phrase.strong)
        .map(phrase => phrase.text),
    ).toEqual(['resilient', 'greedy-latency'])
  })

  it('says when energy does not differ, or less is drawn', () => {
    const cheap = {
      a: { deadlineMisses: misses.good, energy: [1, 2, 3, 4] },
      b: { deadlineMisses: misses.bad, energy: [2, 1, 4, 3] },
    }
    expect(sentence(resultsOf(cheap))).toMatch(/, at no measurable difference in energy\.$/)
    const less = {
      a: { deadlineMisses: misses.good, energy: [1, 1, 1, 1] },
      b: { deadlineMisses: misses.bad, energy: [2, 2, 2, 2] },
    }
    expect(sentence(resultsOf(less))).toMatch(/, and with 50 % less energy\.$/)
  })

  it('lets those share the first place that cannot be told apart', () => {
    const results = resultsOf({
      a: { deadlineMisses: [0.01, 0.012, 0.008, 0.01], energy: [5e6, 5.1e6, 4.9e6, 5e6] },
      b: { deadlineMisses: [0.012, 0.008, 0.01, 0.011], energy: [4e6, 4.1e6, 3.9e6, 4e6] },
      c: { deadlineMisses: misses.bad, energy: [1, 1, 1, 1] },
    })
    expect(sentence(results)).toBe(
      'a and b cannot be told apart by deadline misses: 1.0 % (0.7–1.3 %) and 1.0 % (0.8–1.3 %). c follows, 2.5 percentage points behind a. Of the two b draws 20.0 % less energy than a.',
    )
  })

  it('goes by latency where nothing has a deadline, or all keep it', () => {
    const energy = [1, 1, 1, 1]
    const latency = { a: { 'latency.p95': [5, 5.1, 4.9, 5], energy }, b: { 'latency.p95': [7, 7.1, 6.9, 7], energy } }
    expect(sentence(resultsOf(latency))).toMatch(
      /^a has 95 % of jobs back within 5\.0 s \(4\.9–5\.1 s\), 2 s sooner than b, at no measurable/,
    )
    const kept = {
      a: { ...latency.a, deadlineMisses: [0, 0, 0, 0] },
      b: { ...latency.b, deadlineMisses: [0, 0, 0, 0] },
    }
    expect(sentence(resultsOf(kept))).toMatch(/^a has 95 % of jobs back/)
  })

  it('is careful with the unbounded', () => {
    const energy = [1, 1]
    const results = resultsOf({ a: { 'latency.p95': [5, 5.1], energy }, b: { 'latency.p95': [7, Infinity], energy } })
    expect(sentence(results)).toContain('for every other policy that is unbounded')
  })

  it('describes a policy that is alone', () => {
    const results = resultsOf({ only: { deadlineMisses: misses.good, energy: [3.6e6, 3.61e6, 3.59e6, 3.6e6] } })
    expect(sentence(results)).toBe(
      'only misses 0.40 % (0.37–0.43 %) of deadlines, has 95 % of jobs back within 5 s and draws 1.000 kWh (0.996–1.004 kWh).',
    )
  })

  it('does not decide by one replication, unless nothing is drawn', () => {
    const values = { a: { deadlineMisses: [0.1], energy: [1] }, b: { deadlineMisses: [0.2], energy: [1] } }
    expect(sentence(resultsOf(values))).toMatch(
      /^a and b cannot be told apart by deadline misses with one replication: 10 % and 20 %/,
    )
    expect(sentence(resultsOf(values, false))).toMatch(/^a misses 10 % of deadlines, 10 percentage points fewer than b/)
  })

  it('has a word for nothing at all', () => {
    const results = {
      ...fixtureResults(),
      ...summarizeTrials({
        point: 0,
        policies: fixturePolicies,
        clusters: [],
        trials: [],
        expectations: [],
        random: true,
        steadyAfterS: null,
      }),
    }
    expect(sentence(results)).toBe('No job completed, so there is nothing to compare.')
  })
})

describe('expectations in a sentence', () => {
  const summary = (...statuses: ('pass' | 'fail' | 'inconclusive')[]) => {
    const [row] = fixtureResults().expectations
    return expectationSummary({ ...fixtureResults(), expectations: statuses.map(status => ({ ...row, status })) })
  }

  it('counts', () => {
    expect(summary()).toBe('')
    expect(summary('pass')).toBe('The expectation holds')
    expect(summary('pass', 'pass')).toBe('All 2 expectations hold')
    expect(summary('pass', 'fail', 'inconclusive')).toBe('1 of 3 expectations holds, 1 fails, 1 is inconclusive')
  })
})
