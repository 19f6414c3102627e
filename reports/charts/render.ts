/** Figures to static SVG and to compiled specs for the page's own runtime. Heavy to import: load it late. */
import { parse, type Spec, View } from 'vega'
import { compile } from 'vega-lite'
import type { Figure } from './figure.ts'
import type { TimeWindow } from './time-axis.ts'

export interface RenderedFigure {
  readonly svg: string
  /** Compiled Vega without data. */
  readonly spec: Spec
}

/** Draws one figure as it is seen without JavaScript, in print and before the page has woken up. */
export async function renderFigure(figure: Figure, windows: readonly TimeWindow[]): Promise<RenderedFigure> {
  const spec = compile(figure.spec).spec
  const view = new View(parse(withData(spec, figure, windows)), { renderer: 'none' })
  const svg = slim(ownIds(await view.toSVG(), figure.id))
  view.finalize()
  return { svg, spec }
}

/** Copies of the rows: Vega marks those that it is given. */
function withData(spec: Spec, figure: Figure, windows: readonly TimeWindow[]): Spec {
  const sets: Record<string, unknown[]> = { rows: rowsOf(figure), windows: windows.map(window => ({ ...window })) }
  const data = (spec.data ?? []).map(set => (sets[set.name] === undefined ? set : { ...set, values: sets[set.name] }))
  return { ...spec, data: data as NonNullable<Spec['data']> }
}

/** One object for each element of each series. */
function rowsOf({ series }: Figure): Record<string, string | number>[] {
  return series.flatMap(({ name, values }) => {
    const fields = Object.entries(values)
    return (fields[0]?.[1] ?? []).map((_, i) => ({
      series: name,
      ...Object.fromEntries(fields.map(([field, column]) => [field, column[i]])),
    }))
  })
}

/** Vega numbers clip paths through the process: count them within the figure, under its name. */
function ownIds(svg: string, id: string): string {
  const names = [...new Set(svg.match(/\bclip\d+\b/g))]
  return svg.replace(/\bclip\d+\b/g, name => `${id}-clip-${names.indexOf(name)}`)
}

/** A tenth of a pixel is enough; no size of its own: the page decides; and nothing that only a live chart needs. */
function slim(svg: string): string {
  return svg
    .replace(/ (d|transform|x1|x2|y1|y2|x|y)="[^"]*"/g, attribute => attribute.replace(/(\d\.\d)\d+/g, '$1'))
    .replace(
      / (aria-hidden="true"|font-family="[^"]*"|pointer-events="none"|class="[^"]*"|role="[^"]*"|aria-roledescription="[^"]*")/g,
      '',
    )
    .replace(/<path d="[^"]*" display="none"\/>/g, '')
    .replace(
      /^<svg [^>]*viewBox="([^"]*)"[^>]*>/,
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="$1" focusable="false" aria-hidden="true">',
    )
}
