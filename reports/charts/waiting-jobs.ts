import type { Results } from '../results.ts'
import { bandFigure } from './bands.ts'
import type { Figure } from './figure.ts'

export const waitingJobs = (results: Results): Figure[] =>
  bandFigure(results, {
    id: 'waiting-jobs',
    title: 'Jobs waiting',
    what: 'Jobs submitted that no node has taken yet.',
    column: 'waiting',
    band: series => series.waiting,
    scale: { symbol: 'jobs', factor: 1 },
  })
