import { formatNumber } from '../format/number.ts'
import { quantity } from '../format/quantity.ts'
import type { Scale } from '../format/scale.ts'
import { bestPolicies, comparison, differenceScaleOf } from '../lookup.ts'
import type { Comparison, MetricInfo, Results } from '../results.ts'
import { type Figure, round } from './figure.ts'
import { forestSpec } from './forest-spec.ts'

const mostPairs = 10
/** In the order of the colours in forest-spec.ts. */
const verdicts = ['the first is better', 'the second is better', 'cannot be told apart'] as const

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
    spec: forestSpec(pairs.map(nameOf), unit, height),
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
