import { formatNumber } from '../format/number.ts'
import { quantity } from '../format/quantity.ts'
import type { Scale } from '../format/scale.ts'
import { bestPolicies, comparison, differenceScaleOf } from '../lookup.ts'
import type { Comparison, MetricInfo, Results } from '../results.ts'
import { type Figure, round } from './figure.ts'
import { config } from './theme.ts'

const mostPairs = 10
/** As in `colours` below. */
const verdicts = ['the first is better', 'the second is better', 'cannot be told apart'] as const
const colours = ['var(--series-1)', 'var(--series-2)', 'var(--muted)']

/** One forest plot for each headline metric that has a better side: differences of pairs with intervals, against zero. */
export const differences = (results: Results): Figure[] =>
  results.metrics
    .filter(metric => metric.headline && metric.direction !== 'none')
    .flatMap(metric => {
      const pairs = pairsOf(results, metric)
      return pairs.some(pair => pair.difference !== 0) ? [forest(metric, pairs)] : []
    })

/** All pairs, or where they are many, those with the best policy first. */
function pairsOf(results: Results, metric: MetricInfo): Comparison[] {
  const all = results.comparisons.filter(row => row.metric === metric.name)
  if (all.length <= mostPairs) return all
  const [best] = bestPolicies(results, metric)
  return results.policies.flatMap(({ label }) => comparison(results, metric.name, best, label) ?? [])
}

const nameOf = ({ a, b }: Comparison): string => `${a} \u2212 ${b}`

const verdictOf = ({ better, a }: Comparison): 0 | 1 | 2 => (better === null ? 2 : better === a ? 0 : 1)

function forest(metric: MetricInfo, pairs: readonly Comparison[]): Figure {
  const scale = differenceScaleOf(
    metric,
    Math.max(...pairs.flatMap(pair => [pair.difference, pair.low, pair.high].map(Math.abs))),
  )
  const height = 74 + 26 * pairs.length
  const unit = scale.symbol
  const column = (value: (pair: Comparison) => number) => (pair: Comparison) => [round(value(pair) * scale.factor)]
  const columns = {
    difference: column(pair => pair.difference),
    low: column(pair => pair.low),
    high: column(pair => pair.high),
  }
  return {
    id: `difference-${metric.name.replace(/\W+/g, '-')}`,
    title: `${metric.title}: differences`,
    description: describe(metric, pairs, scale),
    height,
    seriesHeader: 'pair',
    series: pairs.map(pair => ({
      name: nameOf(pair),
      values: {
        difference: columns.difference(pair),
        low: columns.low(pair),
        high: columns.high(pair),
        p: [Number(pair.pHolm.toPrecision(3))],
        verdict: [verdictOf(pair)],
      },
    })),
    columns: [
      ...['difference', 'low', 'high'].map(field => ({ field, header: unit === '' ? field : `${field}_${unit}` })),
      { field: 'p', header: 'p_holm' },
    ],
    hover: { kind: 'mark', x: '', xUnit: '', y: 'difference', yUnit: unit, interval: true },
    table: {
      caption:
        'Paired differences with 95\u00a0% interval; p after Holm\u2019s correction over the pairs of this metric',
      head: ['pair', unit === '' ? 'difference' : `difference, ${unit}`, 'p', 'so'],
      rows: pairs.map(pair => [nameOf(pair), inUnit(pair, scale), pValue(pair.pHolm), verdicts[verdictOf(pair)]]),
    },
    spec: spec(pairs, unit, height),
  }
}

function inUnit({ difference, low, high }: Comparison, scale: Scale): string {
  const { value, interval } = quantity(difference, low, high, { ...scale, symbol: '' })
  return interval === '' ? value : `${value} (${interval})`
}

const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : formatNumber(p, 3))

function describe(metric: MetricInfo, pairs: readonly Comparison[], scale: Scale): string {
  const side = metric.direction === 'lower' ? 'Left of zero' : 'Right of zero'
  const told = pairs.filter(pair => pair.significant).length
  const how = pairs.every(pair => pair.n < 2) ? '' : ', on the same luck, with 95\u00a0% interval'
  const sum =
    told === pairs.length
      ? 'All pairs differ'
      : told === 0
        ? 'No pair differs'
        : `${told} of ${pairs.length} pairs differ`
  const unit = scale.symbol === '' ? '' : ` in ${scale.symbol}`
  return `First minus second${unit}${how}. ${side} the first is better. ${sum} beyond chance.`
}

function spec(pairs: readonly Comparison[], unit: string, height: number): Figure['spec'] {
  const y = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    scale: { domain: pairs.map(nameOf) },
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
