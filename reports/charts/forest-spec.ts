import type { Figure } from './figure.ts'
import { config } from './theme.ts'

/** By `verdict`: the first is better, the second is better, cannot be told apart. */
const colours = ['var(--series-1)', 'var(--series-2)', 'var(--muted)']

/** Points with intervals, one row a pair in the order of `names`, and a line at zero. */
export function forestSpec(names: readonly string[], unit: string, height: number): Figure['spec'] {
  const y = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    scale: { domain: [...names] },
    axis: { labelLimit: { expr: 'labelLimit' }, grid: false },
  }
  const color = {
    field: 'verdict',
    type: 'nominal' as const,
    scale: { domain: [0, 1, 2], range: colours },
    legend: null,
  }
  const x = {
    type: 'quantitative' as const,
    title: unit === '' ? 'difference' : `difference, ${unit}`,
    axis: {
      grid: true,
      tickCount: { expr: 'max(3, min(7, width / 90))' },
      labelFlush: false,
      labelOverlap: 'greedy' as const,
    },
    scale: { zero: true, nice: false, padding: 14 },
  }
  return {
    config: { ...config, axisY: { domain: false, ticks: false } },
    width: 560,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    data: { name: 'rows' },
    params: [{ name: 'labelLimit', value: 240 }],
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', stroke: 'currentColor', opacity: 0.6, strokeWidth: 1.2 },
        encoding: { x: { datum: 0 } },
      },
      {
        mark: { type: 'rule', strokeWidth: 2.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { x: { ...x, field: 'difference' }, y, color },
      },
    ],
  }
}
