import { comparison, pointViews } from '../../../reports/lookup.ts'
import type { MetricInfo, Results } from '../../../reports/results.ts'
import type { Experiment, Finding } from '../experiment.ts'

/** Of what is told apart with one seed, so much must be told apart with another; chance alone costs a pair now and then. */
const again = 0.9

export const policyComparison: Experiment = {
  id: 'V4',
  title: 'Policy comparison',
  scenario: 'v4-policy-comparison',
  criterion: `Of the pairs of policies that are told apart (Holm, 5 %) with one seed none is told the other way round with another, and ${100 * again} % are told apart again.`,
  executions: [],
  judge: results =>
    results.metrics
      .filter(({ headline, direction }) => headline && direction !== 'none')
      .flatMap(metric => replicated(results, metric)),
}

function replicated(results: Results, { name, title }: MetricInfo): Finding[] {
  const [first, second] = pointViews(results)
  const told = first.comparisons.filter(row => row.metric === name && row.better !== null)
  if (told.length === 0) return []
  const then = told.map(({ a, b, better }) => ({ better, now: comparison(second, name, a, b)?.better ?? null }))
  const same = then.filter(({ better, now }) => better === now).length
  const turned = then.filter(({ better, now }) => now !== null && better !== now).length
  return [
    {
      criterion: `${title.toLowerCase()}: the same with another seed`,
      measured: `${told.length} pairs told apart, ${same} of them again, ${turned} the other way round`,
      status: turned > 0 ? 'fail' : same >= again * told.length ? 'pass' : 'inconclusive',
    },
  ]
}
