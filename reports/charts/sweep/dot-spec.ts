import type { NamedFactor } from '../../factors.ts'
import type { Figure, FigureSeries } from '../figure.ts'
import { config, palette } from '../theme.ts'
import { levelLegend } from './legend.ts'

/** A row for each level, and in it a dot with its interval for each series. */
export function dotSpec(
  factor: NamedFactor,
  series: readonly FigureSeries[],
  unit: string,
  height: number,
  against: 'nothing' | 'zero',
): Figure['spec'] {
  const names = series.map(({ name }) => name)
  const y = {
    field: 'level',
    type: 'nominal' as const,
    title: null,
    scale: { domain: [...factor.levels], paddingInner: 0.25 },
    axis: { labelLimit: { expr: 'labelLimit' }, grid: false },
  }
  const yOffset = { field: 'series', type: 'nominal' as const, scale: { domain: names } }
  const color = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: names, range: palette(names.length) },
    legend: levelLegend(names, against, 'circle'),
  }
  const x = {
    type: 'quantitative' as const,
    title: unit,
    axis: { grid: true, tickCount: { expr: 'max(3, min(7, width / 90))' }, labelFlush: false },
    scale: { zero: true, nice: false, padding: 10 },
  }
  return {
    config: { ...config, axisY: { domain: false, ticks: false } },
    width: 560,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    data: { name: 'rows' },
    params: [{ name: 'labelLimit', value: 240 }],
    layer: [
      ...(against === 'zero' ? [zeroLine] : []),
      {
        mark: { type: 'rule', strokeWidth: 2.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, yOffset, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: { x: { ...x, field: 'value' }, y, yOffset, color },
      },
    ],
  }
}

const zeroLine = {
  data: { values: [{}] },
  mark: { type: 'rule' as const, stroke: 'currentColor', opacity: 0.6, strokeWidth: 1.2 },
  encoding: { x: { datum: 0 } },
}
