import type { TopLevelSpec } from 'vega-lite'
import { config } from './theme.ts'
import type { TimeAxis } from './time-axis.ts'

/** Scale of the x axis: two parameters, which the page's zoom moves. */
export function timeEncoding(axis: TimeAxis) {
  return {
    field: 't',
    type: 'quantitative' as const,
    title: `${axis.unit} since start`,
    scale: { domain: [{ expr: 't0' }, { expr: 't1' }], nice: false, zero: false },
    axis: { tickCount: { expr: 'max(3, min(10, width / 70))' }, labelFlush: false },
  }
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer']

/** The frame of every chart over time: the data `rows`, the stretch that is shown, and shades below its own layers. */
export const timeSpec = (axis: TimeAxis, height: number, layers: Layers): TopLevelSpec => ({
  config,
  width: 560,
  height,
  autosize: { type: 'fit', contains: 'padding' },
  data: { name: 'rows' },
  params: [
    { name: 't0', value: 0 },
    { name: 't1', value: axis.end },
  ],
  layer: [...windowLayers(axis), ...layers],
})

/** Shaded failures and warm-up, with labels where there are few. Comes first, so that lines lie on top. */
function windowLayers(axis: TimeAxis) {
  const x = { ...timeEncoding(axis), field: 'from' }
  const fill = { condition: { test: "datum.kind === 'failure'", value: 'var(--failure)' }, value: 'currentColor' }
  const opacity = { condition: { test: "datum.kind === 'failure'", value: 0.16 }, value: 0.06 }
  const shade = {
    data: { name: 'windows' },
    mark: { type: 'rect' as const, clip: true },
    encoding: { x, x2: { field: 'to' }, fill, opacity },
  }
  const label = {
    data: { name: 'windows' },
    mark: {
      type: 'text' as const,
      clip: true,
      align: 'left' as const,
      baseline: 'top' as const,
      dx: 4,
      fontSize: 10,
      fill: 'currentColor',
      opacity: 0.8,
    },
    encoding: { x, y: { value: 3 }, text: { field: 'label', type: 'nominal' as const } },
  }
  return axis.windows.length <= 5 ? [shade, label] : [shade]
}
