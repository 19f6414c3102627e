/** Figures to static SVG and to compiled specs for the page's own runtime. Heavy to import: load it late. */
import { parse, type Spec, View } from 'vega'
import { compile } from 'vega-lite'
import type { Drawable, Drawn, DrawnFigure, ToDraw } from './drawing.ts'
import type { TimeWindow } from './time-axis.ts'

/** Draws and compiles all, here and now. */
export async function drawAll({ figures, windows, specs }: ToDraw): Promise<Drawn> {
  return {
    figures: await Promise.all(figures.map(figure => drawFigure(figure, windows))),
    specs: specs.map(spec => compile(spec).spec),
  }
}

/** One figure as it is seen without JavaScript, in print and before the page has woken up. */
async function drawFigure(figure: Drawable, windows: readonly TimeWindow[]): Promise<DrawnFigure> {
  const spec = compile(figure.spec).spec
  const view = new View(parse(withData(spec, figure, windows)), { renderer: 'none' })
  const svg = slim(ownIds(await view.toSVG(), figure.id))
  view.finalize()
  return { svg, spec }
}

/** Copies of the rows: Vega marks those that it is given. */
function withData(spec: Spec, figure: Drawable, windows: readonly TimeWindow[]): Spec {
  const sets: Record<string, unknown[]> = { rows: rowsOf(figure), windows: windows.map(window => ({ ...window })) }
  const data = (spec.data ?? []).map(set => (sets[set.name] === undefined ? set : { ...set, values: sets[set.name] }))
  return { ...spec, data: data as NonNullable<Spec['data']> }
}

/** One object for each element of each series. */
function rowsOf({ series }: Drawable): Record<string, string | number>[] {
  return series.flatMap(({ name, values, texts }) => {
    const fields: [string, readonly (string | number)[]][] = Object.entries({ ...values, ...texts })
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
