import type { Results } from '../results.ts'
import { bandFigure } from './bands.ts'
import type { Figure } from './figure.ts'

export const deadlineMisses = (results: Results): Figure[] =>
  bandFigure(results, {
    id: 'deadline-misses',
    title: 'Deadline misses',
    what: 'Deadlines missed per minute.',
    column: 'misses',
    band: series => series.deadlineMisses,
    scale: { symbol: 'per min', factor: 60 / (results.series[0]?.binWidthS ?? 60) },
  })
