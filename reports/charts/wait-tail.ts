import type { Results } from '../results.ts'
import { curveFigure } from './curves.ts'
import type { Figure } from './figure.ts'

export const waitTail = (results: Results): Figure[] =>
  curveFigure(results, {
    id: 'wait-tail',
    title: 'Wait time, the tail',
    what: 'Share of jobs that wait longer between submission and start; jobs that did not wait have no place on this axis.',
    metric: 'waitTime',
    xTitle: 'wait time',
    kind: 'tail',
  })
