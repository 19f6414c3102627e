import type { Results } from '../results.ts'
import { curveFigure } from './curves.ts'
import type { Figure } from './figure.ts'

const latency = { metric: 'latency', xTitle: 'latency' } as const

export const latencyCumulative = (results: Results): Figure[] =>
  curveFigure(results, {
    ...latency,
    id: 'latency',
    title: 'Latency',
    what: 'Share of jobs whose output is back at their origin within that time.',
    kind: 'cumulative',
  })

export const latencyTail = (results: Results): Figure[] =>
  curveFigure(results, {
    ...latency,
    id: 'latency-tail',
    title: 'Latency, the tail',
    what: 'Share of jobs that take longer, on a logarithmic scale: the slowest thousandth is the lowest line.',
    kind: 'tail',
  })
