import type { Draw } from '../charts/drawing.ts'
import type { Figure } from '../charts/figure.ts'
import { charts, sweepCharts } from '../charts/index.ts'
import { timeAxis } from '../charts/time-axis.ts'
import { isSweep } from '../factors.ts'
import { pointViews } from '../lookup.ts'
import type { Results } from '../results.ts'
import { chartData, laterFigures, pointChoices, pointFigures, withSpecs } from './point-choice.ts'

/** A figure as the template shows it. */
export interface PageFigure extends Figure {
  readonly section: string
  readonly svg: string
  /** Only other points than the first have it. */
  readonly later: boolean
}

export interface PageFigures {
  readonly figures: readonly PageFigure[]
  /** Names of the points that can be chosen for curves; empty where there is no choice. */
  readonly choices: readonly string[]
  /** What the browser needs to draw them again. */
  readonly data: unknown
}

/** Figures of one point, or of a sweep and of its first point. */
function figuresOf(results: Results): (Figure & { section: string })[] {
  const entries = isSweep(results) ? sweepCharts : charts
  const figures = entries.flatMap(({ section, figures: of }) => of(results).map(figure => ({ ...figure, section })))
  return isSweep(results) ? [...figures, ...pointFigures(pointViews(results)[0])] : figures
}

/** All figures of all charts, drawn. */
export async function drawFigures(results: Results, draw: Draw): Promise<PageFigures> {
  const { windows, end } = timeAxis(pointViews(results)[0])
  const figures = figuresOf(results)
  const choices = pointChoices(results, figures)
  const drawn = await draw({
    figures: figures.map(({ id, spec, series }) => ({ id, spec, series })),
    windows,
    specs: choices.flatMap(({ charts: own }) => own.flatMap(({ spec }) => spec ?? [])),
  })
  const points = withSpecs(choices, drawn.specs)
  return {
    figures: [
      ...figures.map((figure, i) => ({ ...figure, svg: drawn.figures[i].svg, later: false })),
      ...laterFigures(results, figures).map(figure => ({ ...figure, svg: '', later: true })),
    ],
    choices: points.map(({ name }) => name),
    data: {
      windows,
      end,
      charts: figures.map((figure, i) => ({ ...chartData(figure), spec: drawn.figures[i].spec })),
      points,
    },
  }
}
