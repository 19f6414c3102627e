import type { Results } from '../results.ts'
import { bandFigure } from './bands.ts'
import type { Figure } from './figure.ts'

export const utilisation = (results: Results): Figure[] =>
  bandFigure(results, {
    id: 'utilisation',
    title: 'Utilisation',
    what: 'Cores in use as a share of the cores of nodes that are up.',
    column: 'utilisation',
    band: series => series.utilisation,
    scale: { symbol: '%', factor: 100 },
  })
