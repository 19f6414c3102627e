/**
 * Looks shared by all charts. Colours are CSS variables of the page (Okabe and Ito's palette, adapted to light and dark
 * backgrounds) and text is `currentColor`, so that one SVG serves both; dashes tell lines apart without colour.
 */
import type { Config } from 'vega-lite'

const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 1],
  [1, 3],
  [12, 3],
  [6, 2, 1, 2, 1, 2],
]

/** Colours for `count` series. */
export const palette = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `var(--series-${(i % 8) + 1})`)

/** Dash patterns for `count` lines; the first is solid. */
export const dashPatterns = (count: number): number[][] =>
  Array.from({ length: count }, (_, i) => dashes[Math.floor(i + i / 8) % dashes.length])

const ink = { labelColor: 'currentColor', titleColor: 'currentColor' }

/** Pixels that a label of a legend may take. */
const legendLabel = 125

export const config: Config = {
  aria: false,
  numberFormat: '~r',
  background: 'transparent',
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif",
  padding: { left: 2, right: 8, top: 4, bottom: 2 },
  view: { stroke: null },
  axis: {
    ...ink,
    domainColor: 'currentColor',
    domainOpacity: 0.35,
    tickColor: 'currentColor',
    tickOpacity: 0.35,
    tickSize: 4,
    gridColor: 'currentColor',
    gridOpacity: 0.12,
    labelFontSize: 11,
    labelOpacity: 0.85,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    titleOpacity: 0.85,
    labelPadding: 4,
  },
  axisX: { grid: false, titlePadding: 6 },
  axisY: { domain: false, ticks: false, titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleX: 0, titleY: -8 },
  legend: {
    ...ink,
    orient: 'top',
    title: null,
    labelFontSize: 12,
    labelLimit: legendLabel,
    symbolSize: 110,
    symbolOpacity: 1,
    symbolStrokeWidth: 2.5,
    rowPadding: 1,
    columnPadding: 14,
    offset: 22,
  },
}

/** Columns of a legend that fit a telephone: all in one row, or a grid as wide as the widest label. */
export function legendColumns(labels: readonly string[]): number {
  const widths = labels.map(label => Math.min(legendLabel, label.length * 6.6) + 38)
  if (widths.reduce((sum, width) => sum + width, 0) <= 340) return labels.length
  return Math.max(2, Math.floor(340 / Math.max(...widths)))
}

/** Pixels that a chart with such a legend is high, so that the plot itself is `plot` high. */
export const heightWith = (labels: readonly string[], plot: number): number =>
  plot + (labels.length > 1 ? 24 + 17 * Math.ceil(labels.length / legendColumns(labels)) : 0)

/** Colour and dash of the lines of policies, with one legend. */
export function lineEncoding(labels: readonly string[]) {
  const domain = [...labels]
  const legend = labels.length > 1 ? { columns: legendColumns(labels), symbolType: 'stroke' as const } : null
  return {
    color: { field: 'series', type: 'nominal' as const, scale: { domain, range: palette(domain.length) }, legend },
    strokeDash: {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain, range: dashPatterns(domain.length) },
      legend,
    },
  }
}
