import type { JobSample } from '../../../runner/verify/verification.ts'
import { formatNumber } from '../../format/number.ts'
import { scaleFor } from '../../format/scale.ts'
import type { Results } from '../../results.ts'
import { type Figure, type FigureSeries, round } from '../figure.ts'
import { config, heightWith, legendColumns, palette } from '../theme.ts'

const mostClusters = 7

/** Each job's predicted against its observed latency: one chart a policy, coloured by cluster. */
export const latencyScatter = (results: Results): Figure[] =>
  (results.verification?.policies ?? []).flatMap(({ policy, sample }, p) =>
    sample.job.length < 2 ? [] : [scatter(policy, sample, p)],
  )

function scatter(policy: string, sample: JobSample, p: number): Figure {
  const all = [...sample.predictedS, ...sample.observedS]
  const most = Math.max(...all)
  const scale = scaleFor('s', false, [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)])
  const series = seriesOf(sample, scale.factor)
  const names = series.map(({ name }) => name)
  const top = round(most * scale.factor)
  const least = Math.min(...all)
  const logarithmic = least > 0 && most / least > 50
  const axis = logarithmic
    ? { type: 'log' as const, domain: [round(least * scale.factor), top], nice: false }
    : { domain: [0, top], nice: true }
  const height = heightWith(names, 300)
  const position = (field: string, title: string) => ({
    field,
    type: 'quantitative' as const,
    title,
    scale: axis,
    axis: { grid: true, format: '~r', tickCount: 5, labelOverlap: 'greedy' as const },
  })
  const ends = [logarithmic ? round(least * scale.factor) : 0, top].map(value => ({
    observed: value,
    predicted: value,
  }))
  const unit = scale.symbol
  const x = position('observed', `observed latency, ${unit}`)
  const y = position('predicted', `predicted, ${unit}`)
  const omitted = sample.omitted === 0 ? '' : ` Of ${sample.omitted + sample.job.length} jobs some are left out.`
  return {
    id: `verification-jobs-${p + 1}`,
    title: `Latency, job by job: ${policy}`,
    description: `Each point is a job; on the line it took as long as predicted, above it the prediction was too high. ${rightInWords(sample)}${omitted}`,
    height,
    seriesHeader: 'cluster',
    series,
    columns: [
      { field: 'observed', header: `observed_${unit}` },
      { field: 'predicted', header: `predicted_${unit}` },
    ],
    hover: { kind: 'mark', x: '', xUnit: '', y: 'predicted', yUnit: unit, interval: false, title: 'job' },
    table: {
      caption: `Every so many a job; latencies in ${unit}`,
      head: ['job', 'cluster', 'predicted', 'observed'],
      rows: tableRows(sample, scale.factor),
    },
    spec: {
      config,
      width: 560,
      height,
      autosize: { type: 'fit', contains: 'padding' },
      data: { name: 'rows' },
      layer: [
        {
          data: { values: ends },
          mark: { type: 'line', stroke: 'currentColor', opacity: 0.5, strokeWidth: 1 },
          encoding: { x, y },
        },
        {
          mark: { type: 'point', filled: true, size: 22, opacity: 0.65, clip: true },
          encoding: {
            x,
            y,
            color: {
              field: 'series',
              type: 'nominal',
              scale: { domain: names, range: palette(names.length) },
              legend: names.length > 1 ? { columns: legendColumns(names), symbolType: 'circle' } : null,
            },
          },
        },
      ],
    },
  }
}

/** By cluster, the least of many together. */
function seriesOf(sample: JobSample, factor: number): FigureSeries[] {
  const counts = new Map<string, number>()
  for (const name of sample.cluster) counts.set(name, (counts.get(name) ?? 0) + 1)
  const often = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name)
  const own = often.slice(0, often.length > mostClusters ? mostClusters - 1 : mostClusters).sort()
  const groups = [
    ...own.map(name => ({ name, rows: rowsOf(sample, cluster => cluster === name) })),
    { name: 'others', rows: rowsOf(sample, cluster => !own.includes(cluster)) },
  ]
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => ({
      name,
      values: {
        observed: rows.map(row => round(sample.observedS[row] * factor)),
        predicted: rows.map(row => round(sample.predictedS[row] * factor)),
      },
      texts: {
        job: rows.map(row => `${nameOf(sample, row)}: ${round(sample.observedS[row] * factor)} observed, predicted`),
      },
    }))
}

const rowsOf = ({ cluster }: JobSample, holds: (name: string) => boolean): number[] =>
  [...cluster.keys()].filter(row => holds(cluster[row]))

const nameOf = ({ workload, job }: JobSample, row: number): string => `${workload[row]} ${job[row]}`

/** How many jobs were predicted to within a tenth. */
function rightInWords({ predictedS, observedS }: JobSample): string {
  const near = predictedS.filter((value, row) => Math.abs(value - observedS[row]) <= 0.1 * observedS[row]).length
  return `${formatNumber((100 * near) / predictedS.length, 0)}\u00a0% of the jobs took what was predicted to within a tenth.`
}

const mostRows = 40

function tableRows(sample: JobSample, factor: number): string[][] {
  const step = Math.max(1, Math.ceil(sample.job.length / mostRows))
  const text = (value: number) => formatNumber(value * factor, 2)
  return [...sample.job.keys()]
    .filter(row => row % step === 0)
    .map(row => [nameOf(sample, row), sample.cluster[row], text(sample.predictedS[row]), text(sample.observedS[row])])
}
