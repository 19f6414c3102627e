import { pointName } from '../../../reports/factors.ts'
import { comparison, pointViews } from '../../../reports/lookup.ts'
import type { Comparison, Results } from '../../../reports/results.ts'
import type { Experiment, Finding } from '../experiment.ts'
import { lowerFinding } from '../findings.ts'

export const originAwareness: Experiment = {
  id: 'V2',
  title: 'Origin-awareness',
  scenario: 'v2-origin-awareness',
  criterion:
    'With it the mean latency is lower beyond chance wherever clusters lie apart, and the more so the farther apart.',
  executions: [],
  judge: results => {
    const gains = gainsOf(results)
    // A thousandth of a second is as good as no way at all.
    const apart = gains.slice(1)
    return [
      ...apart.map(({ point, row }) =>
        lowerFinding(results, row, `${pointName(results, results.points[point])}: answers are back sooner`),
      ),
      ...apart.map(({ point, row }, i) => growing(results, point, gains[i].row, row)),
    ]
  },
}

function gainsOf(results: Results): { point: number; row: Comparison }[] {
  return pointViews(results).flatMap((view, point) => {
    const row = comparison(view, 'latency.mean', 'greedy-latency', 'least-allocated')
    return row === undefined ? [] : [{ point, row }]
  })
}

function growing(results: Results, point: number, nearer: Comparison, farther: Comparison): Finding {
  const gain = (row: Comparison) => `${(-1000 * row.difference).toFixed(1)} ms`
  return {
    criterion: `${pointName(results, results.points[point])}: more is gained than when nearer`,
    measured: `${gain(farther)} after ${gain(nearer)}`,
    status: farther.high < nearer.low ? 'pass' : farther.low > nearer.high ? 'fail' : 'inconclusive',
  }
}
