import { comparison, findRow } from '../../../reports/lookup.ts'
import type { Results } from '../../../reports/results.ts'
import type { Experiment, Finding } from '../experiment.ts'
import { lowerFinding, verifiedFindings } from '../findings.ts'

export const failureResponse: Experiment = {
  id: 'V3',
  title: 'Failure response',
  scenario: 'v3-failure-response',
  criterion:
    'Every job ends in spite of the blackout, second copies keep more deadlines beyond chance, and on clusters failures are detected and work is restarted as predicted.',
  executions: [{ name: '', sets: [] }],
  judge: results => {
    const row = comparison(results, 'deadlineMisses', 'resilient', 'greedy-latency')
    return [
      ...results.policies.map(({ label }) => allEnd(results, label)),
      ...(row === undefined ? [] : [lowerFinding(results, row, 'second copies miss fewer deadlines')]),
    ]
  },
  judgeExecuted: executed => verifiedFindings(executed, ['outcome', 'detection', 'restart']),
}

function allEnd(results: Results, policy: string): Finding {
  const [submitted, completed, lost] = ['jobs.submitted', 'jobs.completed', 'lostAttempts'].map(
    metric => findRow(results, policy, metric)?.estimate ?? Number.NaN,
  )
  return {
    criterion: `${policy}: every job is completed`,
    measured: `${completed} of ${submitted} in the mean, ${lost} attempts lost`,
    status: completed === submitted && lost > 0 ? 'pass' : 'fail',
  }
}
