import type { Band, PolicySeries, Results } from '../results.ts'
import { same, texts } from './values.ts'
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

interface Part {
  readonly scope: string
  readonly metric: string
  readonly band: Pick<Band, 'mean'> & Partial<Band>
}

/**
 * series.parquet: one row a bin, metric, policy and point, with the 95 % interval over replications; `scope` is `fabric`
 * or a cluster (`busy_cores`, which has no interval). Pieces to be written one after another.
 */
export const seriesParquet = (results: Pick<Results, 'series'>): Generator<Uint8Array> =>
  writeParquet(columns, rowGroups(results.series))

/** One group a policy and point. */
function* rowGroups(all: readonly PolicySeries[]): Generator<RowGroup> {
  for (const series of all) yield rowGroup(series, partsOf(series))
}

const partsOf = (series: PolicySeries): Part[] => [
  ...metrics.map(([field, metric]) => ({ scope: 'fabric', metric, band: series[field] })),
  ...series.clusters.map(({ cluster, busyCores }) => ({
    scope: cluster,
    metric: 'busy_cores',
    band: { mean: busyCores },
  })),
]

/** Part after part, each over all bins. */
function rowGroup({ point, policy, timeS, binWidthS }: PolicySeries, parts: readonly Part[]): RowGroup {
  const bins = timeS.length
  const rows = parts.length * bins
  const part = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / bins))
  const missing = new Array<number>(bins).fill(Number.NaN)
  const joined = (of: (part: Part) => readonly (number | null)[]) =>
    Float64Array.from(parts.flatMap(of), value => value ?? Number.NaN)
  return {
    rows,
    columns: [
      new Int32Array(rows).fill(point),
      same(policy, rows),
      texts(part, code => parts[code].scope),
      texts(part, code => parts[code].metric),
      joined(() => timeS),
      new Float64Array(rows).fill(binWidthS),
      joined(({ band }) => band.mean),
      joined(({ band }) => band.low ?? missing),
      joined(({ band }) => band.high ?? missing),
    ],
  }
}
