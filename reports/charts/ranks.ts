import { rankedFigures, ranksOf } from '../ranks.ts'
import type { MetricInfo, Results } from '../results.ts'
import type { Figure, FigureSeries } from './figure.ts'
import { config } from './theme.ts'

/** Fewer are seen at a glance in the table of policies. */
const fewestPolicies = 5
const steps = 7

/** Policies × key figures, each cell the rank: who is good at what, and at what price. */
export function ranks(results: Results): Figure[] {
  const metrics = rankedFigures(results)
  if (results.policies.length < fewestPolicies || metrics.length < 2) return []
  const tables = metrics.map(metric => ranksOf(results, metric))
  const rows = results.policies.map(({ label }) => ({
    label,
    ranks: tables.map(table => table.get(label) ?? Number.NaN),
  }))
  const height = 90 + 19 * rows.length
  return [
    {
      id: 'ranks',
      title: 'Ranks',
      description:
        'Rank of each policy by each figure: 1 and as many as are better beyond chance, so that those that cannot be told from the best are all first. Dark is good.',
      height,
      seriesHeader: 'policy',
      series: rows.map(row => seriesOf(row, metrics)),
      columns: [{ field: 'rank', header: 'rank' }],
      hover: { kind: 'mark', x: '', xUnit: '', y: 'rank', yUnit: '', interval: false, title: 'metric' },
      table: {
        caption: 'Rank of each policy by each figure',
        head: ['policy', ...metrics.map(({ title }) => title)],
        rows: rows.map(({ label, ranks: own }) => [label, ...own.map(text)]),
      },
      spec: specOf(
        rows.map(({ label }) => label),
        metrics,
        height,
      ),
    },
  ]
}

const text = (rank: number): string => (Number.isNaN(rank) ? '–' : String(rank))

function seriesOf(
  { label, ranks: own }: { label: string; ranks: number[] },
  metrics: readonly MetricInfo[],
): FigureSeries {
  // The first is the darkest; from the tenth on all are alike.
  const step = (rank: number) => (Number.isNaN(rank) ? 1 : Math.max(1, steps - Math.floor(((rank - 1) * steps) / 10)))
  return {
    name: label,
    values: { rank: own },
    texts: {
      metric: metrics.map(({ title }) => title),
      label: own.map(text),
      step: own.map(rank => String(step(rank))),
      ink: own.map(rank => (step(rank) > 4 ? 'var(--heat-ink)' : 'currentColor')),
    },
  }
}

function specOf(labels: readonly string[], metrics: readonly MetricInfo[], height: number): Figure['spec'] {
  const domain = Array.from({ length: steps }, (_, i) => String(i + 1))
  const x = {
    field: 'metric',
    type: 'nominal' as const,
    title: null,
    scale: { domain: metrics.map(({ title }) => title), padding: 0 },
    axis: {
      orient: 'top' as const,
      labelAngle: -35,
      labelAlign: 'left' as const,
      labelLimit: 110,
      ticks: false,
      domain: false,
    },
  }
  const y = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    scale: { domain: [...labels], padding: 0 },
    axis: { labelLimit: 160, grid: false },
  }
  const fill = {
    field: 'step',
    type: 'nominal' as const,
    scale: { domain, range: domain.map(step => `var(--heat-${step})`) },
    legend: null,
  }
  return {
    config,
    width: 560,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    data: { name: 'rows' },
    layer: [
      { mark: { type: 'rect', stroke: 'var(--page)', strokeWidth: 1.5 }, encoding: { x, y, fill } },
      {
        mark: { type: 'text', fontSize: 11, baseline: 'middle' },
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
