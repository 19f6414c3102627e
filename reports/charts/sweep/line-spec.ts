import type { NamedFactor } from '../../factors.ts'
import type { Figure, FigureSeries } from '../figure.ts'
import { config, lineEncoding } from '../theme.ts'
import { axisOrder } from './axis-order.ts'
import { levelLegend } from './legend.ts'

/** Beyond this ratio the small levels of a linear axis would lie on each other. */
const widestLinear = 40
const mostTicks = 14

/** Lines with bands and a point at each level. */
export function lineSpec(
  factor: NamedFactor,
  series: readonly FigureSeries[],
  unit: string,
  height: number,
  against: 'nothing' | 'zero',
): Figure['spec'] {
  const order = axisOrder(factor)
  const values = order.map(i => factor.numeric?.values[i] ?? i)
  const few = values.length <= mostTicks
  const log = values[0] > 0 && (values.at(-1) ?? 0) / values[0] > widestLinear
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    title: few ? factor.name : axisTitle(factor),
    scale: log
      ? { type: 'log' as const, nice: false, padding: 10 }
      : { type: 'linear' as const, zero: false, nice: false, padding: 10 },
    axis: {
      ...(few
        ? {
            values,
            labelExpr: `${JSON.stringify(order.map(i => factor.levels[i]))}[indexof(${JSON.stringify(values)}, datum.value)]`,
          }
        : { tickCount: { expr: 'max(3, min(10, width / 70))' }, format: '~r' }),
      labelOverlap: 'greedy' as const,
      labelFlush: false,
    },
  }
  const y = { type: 'quantitative' as const, title: unit, axis: { tickCount: 4 }, scale: { zero: true } }
  const names = series.map(({ name }) => name)
  const lines = withLegend(lineEncoding(names), levelLegend(names, against, 'stroke'))
  return {
    config,
    width: 560,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    data: { name: 'rows' },
    layer: [
      ...(against === 'zero' ? [zeroLine] : []),
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: lines.color },
      },
      {
        mark: { type: 'line', strokeWidth: 1.8, strokeJoin: 'round' },
        encoding: { x, y: { ...y, field: 'value' }, ...lines },
      },
      {
        mark: { type: 'point', filled: true, size: 28, opacity: 1 },
        encoding: { x, y: { ...y, field: 'value' }, color: lines.color },
      },
    ],
  }
}

/** One legend for colour and dash. */
function withLegend({ color, strokeDash }: ReturnType<typeof lineEncoding>, legend: ReturnType<typeof levelLegend>) {
  return { color: { ...color, legend }, strokeDash: { ...strokeDash, legend } }
}

const zeroLine = {
  data: { values: [{}] },
  mark: { type: 'rule' as const, stroke: 'currentColor', opacity: 0.6, strokeWidth: 1.2 },
  encoding: { y: { datum: 0 } },
}

/** `camera rate, per s`. */
export function axisTitle({ name, numeric }: NamedFactor): string {
  if (numeric === null || numeric.unit === '') return name
  return `${name}, ${numeric.unit.replace(/^\//, 'per ')}`
}
