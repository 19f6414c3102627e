import { formatNumber } from '../format/number.ts'
import type { PolicySeries, Results } from '../results.ts'
import { type Figure, type FigureSeries, round } from './figure.ts'
import { heightWith, legendColumns, palette } from './theme.ts'
import { type TimeAxis, timeAxis } from './time-axis.ts'
import { timeEncoding, timeSpec } from './time-layers.ts'
import { timeTable } from './time-table.ts'

const mostClusters = 8

/** Busy cores of the clusters, stacked: one chart a policy, all on one scale. */
export function clusterLoad(results: Results): Figure[] {
  const axis = timeAxis(results)
  const stacks = results.series.map(series => ({ series, stack: stackOf(series, busiest(results), axis) }))
  const top = Math.max(0, ...stacks.flatMap(({ stack }) => stack.at(-1)?.values.top ?? []))
  return top > 0 ? stacks.map(({ series, stack }) => figure(results, axis, series.policy, stack, top)) : []
}

/** The clusters that did most, over all policies, in their own order; the rest are added up. */
function busiest(results: Results): string[] {
  const names = results.fabric.clusters.map(cluster => cluster.name)
  if (names.length <= mostClusters) return names
  const work = (name: string) =>
    results.series
      .flatMap(series => series.clusters.find(row => row.cluster === name)?.busyCores ?? [])
      .reduce((a, b) => a + b, 0)
  const kept = [...names].sort((a, b) => work(b) - work(a)).slice(0, mostClusters - 1)
  return names.filter(name => kept.includes(name))
}

function stackOf(series: PolicySeries, shown: readonly string[], axis: TimeAxis): FigureSeries[] {
  const t = series.timeS.map(time => round(time / axis.unitS))
  const rest = series.clusters.filter(row => !shown.includes(row.cluster))
  const layers = [
    ...series.clusters
      .filter(row => shown.includes(row.cluster))
      .map(row => ({ name: row.cluster, cores: row.busyCores })),
    ...(rest.length === 0
      ? []
      : [
          {
            name: `${rest.length} others`,
            cores: t.map((_, i) => rest.reduce((sum, row) => sum + row.busyCores[i], 0)),
          },
        ]),
  ]
  let floor: readonly number[] = t.map(() => 0)
  return layers.map(({ name, cores }) => {
    const bottom = floor
    const top = cores.map((value, i) => round(bottom[i] + value))
    floor = top
    return { name, values: { t, cores: cores.map(round), bottom, top } }
  })
}

function figure(results: Results, axis: TimeAxis, policy: string, stack: FigureSeries[], top: number): Figure {
  const names = stack.map(({ name }) => name)
  const height = heightWith(names, 175)
  const color = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: names, range: palette(names.length) },
    legend: { columns: legendColumns(names), symbolType: 'square' as const },
  }
  const y = {
    field: 'bottom',
    type: 'quantitative' as const,
    title: 'cores',
    axis: { tickCount: 4 },
    scale: { domain: [0, top], nice: true },
  }
  return {
    id: `cluster-load-${results.policies.findIndex(({ label }) => label === policy) + 1}`,
    title: `Busy cores by cluster: ${policy}`,
    description: describe(stack),
    height,
    seriesHeader: 'cluster',
    series: stack.map(({ name, values }) => ({ name, values })),
    columns: [
      { field: 't', header: `time_${axis.unit}` },
      { field: 'cores', header: 'busy_cores' },
    ],
    hover: { kind: 'x', x: 't', xUnit: axis.unit, y: 'cores', yUnit: 'cores', interval: false },
    table: timeTable(stack, axis, 'cores', 'Busy cores, mean over replications', false),
    spec: timeSpec(axis, height, [
      {
        mark: { type: 'area', clip: true, opacity: 0.85, stroke: 'var(--page)', strokeWidth: 0.5 },
        encoding: { x: timeEncoding(axis), y, y2: { field: 'top' }, color },
      },
    ]),
  }
}

function describe(stack: readonly FigureSeries[]): string {
  const shares = stack.flatMap(({ name, values }) => {
    const mean = values.cores.reduce((sum, value) => sum + value, 0) / values.cores.length
    return mean < 0.05 ? [] : [`${name} ${formatNumber(mean, mean < 10 ? 1 : 0)}`]
  })
  return `Cores in use, mean over replications, clusters stacked. On average: ${shares.join(', ')}.`
}
