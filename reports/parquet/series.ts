import type { Band, PolicySeries, Results } from '../results.ts'
import { type Column, type RowGroup, writeParquet } from './write.ts'

const columns: readonly Column[] = [
  { name: 'point', type: 'INT32' },
  { name: 'policy', type: 'STRING' },
  { name: 'scope', type: 'STRING' },
  { name: 'metric', type: 'STRING' },
  { name: 'time_s', type: 'DOUBLE' },
  { name: 'bin_width_s', type: 'DOUBLE' },
  { name: 'mean', type: 'DOUBLE' },
  { name: 'low', type: 'DOUBLE', nullable: true },
  { name: 'high', type: 'DOUBLE', nullable: true },
]

/** Names of the columns of a series, and what they are called in the file: units as in results.json. */
const metrics = [
  ['waiting', 'waiting'],
  ['running', 'running'],
  ['utilisation', 'utilisation'],
  ['watts', 'watts'],
  ['upNodes', 'up_nodes'],
  ['deadlineMisses', 'deadline_misses'],
  ['completed', 'completed'],
] as const satisfies readonly (readonly [keyof PolicySeries, string])[]

/**
 * series.parquet: one row a bin, metric, policy and point, with the 95 % interval over replications; `scope` is `fabric`
 * or a cluster (`busy_cores`, which has no interval). Pieces to be written one after another.
 */
export const seriesParquet = (results: Pick<Results, 'series'>): Generator<Uint8Array> =>
  writeParquet(columns, rowGroups(results.series))

/** One group a policy and point. */
function* rowGroups(all: readonly PolicySeries[]): Generator<RowGroup> {
  for (const series of all) {
    const parts = [
      ...metrics.map(([field, metric]) => part(series, 'fabric', metric, series[field])),
      ...series.clusters.map(({ cluster, busyCores }) => part(series, cluster, 'busy_cores', { mean: busyCores })),
    ]
    yield columns.map((_, column) => parts.flatMap((group): (string | number | null)[] => group[column]))
  }
}

function part(series: PolicySeries, scope: string, metric: string, band: Pick<Band, 'mean'> & Partial<Band>) {
  const same = <T>(value: T): T[] => new Array<T>(series.timeS.length).fill(value)
  return [
    same(series.point),
    same(series.policy),
    same(scope),
    same(metric),
    series.timeS,
    same(series.binWidthS),
    band.mean,
    band.low ?? same(null),
    band.high ?? same(null),
  ]
}
