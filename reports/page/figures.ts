import type { Figure } from '../charts/figure.ts'
import { charts } from '../charts/index.ts'
import { timeAxis } from '../charts/time-axis.ts'
import type { Results } from '../results.ts'

/** A figure as the template shows it. */
export interface PageFigure extends Figure {
  readonly section: string
  readonly svg: string
}

export interface PageFigures {
  readonly figures: readonly PageFigure[]
  /** What the browser needs to draw them again. */
  readonly data: unknown
}

/** All figures of all charts, drawn. */
export async function drawFigures(results: Results): Promise<PageFigures> {
  const { renderFigure } = await import('../charts/render.ts')
  const { windows, end } = timeAxis(results)
  const figures = charts.flatMap(chart => chart.figures(results).map(figure => ({ ...figure, section: chart.section })))
  const drawn = await Promise.all(figures.map(figure => renderFigure(figure, windows)))
  const data = figures.map(({ id, title, series, columns, seriesHeader, hover, height }, i) => ({
    id,
    title,
    series,
    columns,
    seriesHeader,
    hover,
    height,
    spec: drawn[i].spec,
  }))
  return {
    figures: figures.map((figure, i) => ({ ...figure, svg: drawn[i].svg })),
    data: { windows, end, charts: data },
  }
}
