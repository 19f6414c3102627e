import { scaleFor } from '../format/scale.ts'
import type { Results } from '../results.ts'
import { bandFigure } from './bands.ts'
import type { Figure } from './figure.ts'

export const power = (results: Results): Figure[] =>
  bandFigure(results, {
    id: 'power',
    title: 'Power',
    what: 'What all facilities draw together, cooling included.',
    column: 'power',
    band: series => series.watts,
    scale: scaleFor('W', false, Math.max(0, ...results.series.flatMap(series => series.watts.mean))),
  })
