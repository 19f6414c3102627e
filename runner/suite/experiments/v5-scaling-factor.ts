import { pointViews } from '../../../reports/lookup.ts'
import type { Experiment } from '../experiment.ts'
import { verifiedFindings } from '../findings.ts'

const factors = ['1:100', '1:10']

export const scalingFactor: Experiment = {
  id: 'V5',
  title: 'Scaling factor',
  scenario: 'v5-scaling-factor',
  criterion: 'No predicted figure depends on the factor, and on clusters jobs fare as predicted at each factor.',
  executions: factors.map(factor => ({ name: factor, sets: [`spec.scaling=${factor}`] })),
  judge: results => {
    const [first, ...others] = pointViews(results).map(view => view.rows)
    const differ = first.filter((row, i) => others.some(rows => rows[i].estimate !== row.estimate)).length
    return [
      {
        criterion: `predicted figures are the same at ${factors.join(' and ')}`,
        measured: `${differ} of ${first.length} differ`,
        status: differ === 0 ? 'pass' : 'fail',
      },
    ]
  },
  judgeExecuted: executed => verifiedFindings(executed, ['outcome', 'placement', 'found']),
}
