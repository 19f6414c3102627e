import type { Figure } from '../figure.ts'
import { config, legendColumns } from '../theme.ts'
import { gridAxes } from './grid.ts'
import { axisTitle } from './line-spec.ts'
import type { MapCell, MapChart } from './map-figure.ts'

/** Pixels of a character of a cell's label. */
const glyph = 6.4

/** Cells with what is written in them; what no cell can hold is not written. */
export function mapSpec(chart: MapChart, cells: readonly MapCell[], height: number): Figure['spec'] {
  const { grid, opacity } = chart
  const axes = gridAxes(grid)
  const used = chart.classes.filter(({ name, always }) => always || cells.some(cell => cell.class === name))
  const domain = used.map(({ name }) => name)
  const widest = Math.max(1, ...cells.map(({ label }) => label.length)) * glyph + 4
  const x = {
    field: 'x',
    type: 'nominal' as const,
    title: axisTitle(grid.x),
    scale: { domain: axes.x, padding: 0 },
    axis: { labelAngle: 0, labelOverlap: 'greedy' as const, labelLimit: 90, ticks: false, domain: false },
  }
  const y = {
    field: 'y',
    type: 'nominal' as const,
    title: axisTitle(grid.y),
    scale: { domain: axes.y, padding: 0 },
    axis: { labelLimit: { expr: 'labelLimit' }, grid: false },
  }
  const fill = {
    field: 'class',
    type: 'nominal' as const,
    scale: { domain, range: used.map(one => one.fill) },
    legend: {
      columns: legendColumns(domain),
      symbolType: 'square' as const,
      symbolStrokeWidth: 0,
      symbolOpacity: opacity,
    },
  }
  return {
    config,
    width: 560,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    data: { name: 'rows' },
    params: [{ name: 'labelLimit', value: 200 }],
    layer: [
      {
        mark: { type: 'rect', stroke: 'var(--page)', strokeWidth: 1.5, fillOpacity: opacity },
        encoding: { x, y, fill },
      },
      {
        mark: {
          type: 'text',
          fontSize: 11,
          baseline: 'middle',
          opacity: { expr: `bandwidth('x') < ${widest.toFixed(1)} ? 0 : 1` },
        },
        encoding: {
          x,
          y,
          text: { field: 'label', type: 'nominal' },
          color: { field: 'ink', type: 'nominal', scale: null },
        },
      },
    ],
  }
}
