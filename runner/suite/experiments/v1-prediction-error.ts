import type { Experiment } from '../experiment.ts'
import { verifiedFindings } from '../findings.ts'

export const predictionError: Experiment = {
  id: 'V1',
  title: 'Prediction error',
  scenario: 'v1-prediction-error',
  criterion: 'The 95 % interval of every error lies within the tolerance that the scenario states.',
  executions: [{ name: '', sets: [] }],
  judge: () => [],
  judgeExecuted: executed => verifiedFindings(executed),
}
