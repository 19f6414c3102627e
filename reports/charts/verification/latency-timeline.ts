import type { JobSample } from '../../../runner/verify/verification.ts'
import { formatNumber } from '../../format/number.ts'
import { scaleFor } from '../../format/scale.ts'
import type { Results } from '../../results.ts'
import { type Figure, type FigureSeries, round } from '../figure.ts'
import { heightWith, lineEncoding } from '../theme.ts'
import { type TimeAxis, timeAxis } from '../time-axis.ts'
import { timeEncoding, timeSpec } from '../time-layers.ts'
import { timeTable } from '../time-table.ts'

const mostBins = 40
/** Fewer jobs in a bin are more noise than mean. */
const jobsPerBin = 8

/** Mean latency by time of submission, predicted and observed over each other: one chart a policy. */
export function latencyTimeline(results: Results): Figure[] {
  const axis = timeAxis(results)
  return (results.verification?.policies ?? []).flatMap(({ policy, sample }, p) =>
    sample.job.length < 2 * jobsPerBin ? [] : [figure(policy, sample, axis, p)],
  )
}

function figure(policy: string, sample: JobSample, axis: TimeAxis, p: number): Figure {
  const scale = scaleFor('s', false, Math.max(...sample.observedS))
  const series = [
    line('predicted', sample, sample.predictedS, axis, scale.factor),
    line('observed', sample, sample.observedS, axis, scale.factor),
  ]
  const height = heightWith(['predicted', 'observed'], 190)
  return {
    id: `verification-time-${p + 1}`,
    title: `Latency over time: ${policy}`,
    description: `Mean latency of the jobs submitted in each stretch of time. ${widest(series, axis, scale.symbol)}`,
    height,
    seriesHeader: 'side',
    series,
    columns: [
      { field: 't', header: `time_${axis.unit}` },
      { field: 'mean', header: `latency_${scale.symbol}` },
    ],
    hover: { kind: 'x', x: 't', xUnit: axis.unit, y: 'mean', yUnit: scale.symbol, interval: false },
    table: timeTable(series, axis, 'mean', scale.symbol, false),
    spec: timeSpec(axis, height, [
      {
        mark: { type: 'line', clip: true, strokeWidth: 1.8, strokeJoin: 'round', point: { size: 18, filled: true } },
        encoding: {
          x: timeEncoding(axis),
          y: {
            field: 'mean',
            type: 'quantitative',
            title: scale.symbol,
            axis: { tickCount: 4 },
            scale: { zero: true },
          },
          ...lineEncoding(['predicted', 'observed']),
        },
      },
    ]),
  }
}

/** Bins of equally many jobs, since they need not come evenly. */
function line(
  name: string,
  { submitS }: JobSample,
  latencyS: readonly number[],
  axis: TimeAxis,
  factor: number,
): FigureSeries {
  const bins = Math.min(mostBins, Math.floor(submitS.length / jobsPerBin))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const edges = Array.from({ length: bins + 1 }, (_, b) => Math.round((b * submitS.length) / bins))
  const binned = (values: readonly number[]) => edges.slice(1).map((end, b) => mean(values.slice(edges[b], end)))
  return {
    name,
    values: {
      t: binned(submitS).map(timeS => round(timeS / axis.unitS)),
      mean: binned(latencyS).map(value => round(value * factor)),
    },
  }
}

function widest([predicted, observed]: readonly FigureSeries[], axis: TimeAxis, unit: string): string {
  const gaps = predicted.values.mean.map((value, b) => Math.abs(value - observed.values.mean[b]))
  const at = gaps.indexOf(Math.max(...gaps))
  return `They are furthest apart at ${formatNumber(predicted.values.t[at], 1)}\u00a0${axis.unit}, by ${formatNumber(gaps[at], 2)}\u00a0${unit}.`
}
