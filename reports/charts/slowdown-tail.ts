import type { Results } from '../results.ts'
import { curveFigure } from './curves.ts'
import type { Figure } from './figure.ts'

export const slowdownTail = (results: Results): Figure[] =>
  curveFigure(results, {
    id: 'slowdown-tail',
    title: 'Bounded slowdown, the tail',
    what: 'Share of jobs that are slowed down more: response time over run time, where run times below 10\u00a0s count as 10\u00a0s.',
    metric: 'boundedSlowdown',
    xTitle: 'bounded slowdown',
    kind: 'tail',
  })
