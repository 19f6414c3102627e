/**
 * Trials of one point, added up as they come: means, intervals and paired differences need a few moments, not the
 * trials. They are taken chunk by chunk of replications, so that their order of coming changes nothing, not even the
 * last bit, and memory does not grow with the number of replications.
 */
import { metrics } from '../../engine/metrics.ts'
import { joinMoments, type Moments, momentsOf } from '../../engine/statistics/moments.ts'
import type { TrialCurves } from '../trial-summary.ts'
import { placeOfMetric, rowLength } from './row.ts'

/** So many replications are held until all of them are there. */
const chunkLength = 1024

/** Relative difference below which two sums of floating-point numbers are the same. */
const roundingNoise = 1e-9

/** Of every column of each policy, and of the differences of every metric between each two. */
interface Sums {
  readonly columns: readonly (readonly Moments[])[]
  readonly pairs: readonly (readonly Moments[])[]
}

/** Rows of a policy by replication; null where a trial errored. */
type Rows = readonly (Float64Array | null)[]

interface Chunk {
  /** Trials that ended or errored. */
  settled: number
  /** By policy; given up for the sums when all are there. */
  rows: (Float64Array | null)[][]
  sums: Sums | null
}

export class Tally {
  /** Of each policy: trials that ended. */
  readonly trials: number[]
  /** By policy and replication, of those that are drawn. */
  readonly curves: TrialCurves[][]
  private readonly clusters: number
  private readonly pairs: readonly (readonly [a: number, b: number])[]
  private readonly chunks = new Map<number, Chunk>()
  /** Of all chunks before `next`. */
  private before: Sums | null = null
  private next = 0
  private known: Sums | null = null

  constructor(policies: number, clusters: number) {
    this.clusters = clusters
    this.trials = new Array<number>(policies).fill(0)
    this.curves = this.trials.map(() => [])
    this.pairs = this.trials.flatMap((_, a) => this.trials.slice(a + 1).map((_, i) => [a, a + 1 + i] as const))
  }

  /** Each trial once, in any order; `row` is null where it errored. */
  add(policy: number, replication: number, row: Float64Array | null, curves?: TrialCurves): void {
    this.known = null
    if (row !== null) this.trials[policy]++
    if (curves !== undefined) this.curves[policy][replication] = curves
    const index = Math.floor(replication / chunkLength)
    const chunk = this.chunks.get(index) ?? this.emptyChunk()
    this.chunks.set(index, chunk)
    chunk.rows[policy][replication % chunkLength] = row
    if (++chunk.settled === chunkLength * this.trials.length) this.fold(chunk)
  }

  /** Moments of the row's number at `place`. */
  column(policy: number, place: number): Moments {
    return this.sums().columns[policy][place]
  }

  /** Moments of a − b of a metric (by its index in the registry), over the replications that both have measured. */
  difference(a: number, b: number, metric: number): Moments {
    const pair = this.pairs.findIndex(([first, second]) => first === a && second === b)
    return this.sums().pairs[pair][metric]
  }

  private emptyChunk(): Chunk {
    return { settled: 0, rows: this.trials.map(() => []), sums: null }
  }

  /** A full chunk becomes sums, which join those before it as soon as these are there. */
  private fold(chunk: Chunk): void {
    chunk.sums = this.sumsOf(chunk)
    chunk.rows = []
    for (let sums = this.sumsAt(this.next); sums !== null; sums = this.sumsAt(this.next)) {
      this.before = joinSums(this.before, sums)
      this.chunks.delete(this.next++)
    }
  }

  private sumsAt(index: number): Sums | null {
    return this.chunks.get(index)?.sums ?? null
  }

  private sums(): Sums {
    if (this.known !== null) return this.known
    const rest = [...this.chunks].sort(([a], [b]) => a - b).map(([, chunk]) => this.sumsOf(chunk))
    this.known = rest.reduce<Sums | null>(joinSums, this.before) ?? this.sumsOf(this.emptyChunk())
    return this.known
  }

  private sumsOf({ sums, rows }: Chunk): Sums {
    if (sums !== null) return sums
    const places = Array.from({ length: rowLength(this.clusters) }, (_, place) => place)
    return {
      columns: rows.map(own => places.map(place => momentsOf(columnOf(own, place)))),
      pairs: this.pairs.map(([a, b]) =>
        metrics.map(({ name }) => momentsOf(differencesOf(rows[a], rows[b], placeOfMetric(name)))),
      ),
    }
  }
}

const joinSums = (a: Sums | null, b: Sums): Sums =>
  a === null
    ? b
    : {
        columns: a.columns.map((own, i) => own.map((moments, j) => joinMoments(moments, b.columns[i][j]))),
        pairs: a.pairs.map((own, i) => own.map((moments, j) => joinMoments(moments, b.pairs[i][j]))),
      }

const columnOf = (rows: Rows, place: number): Float64Array => Float64Array.from(rows, row => row?.[place] ?? Number.NaN)

function differencesOf(a: Rows, b: Rows, place: number): Float64Array {
  return Float64Array.from(a, (row, i) => difference(row?.[place] ?? Number.NaN, b[i]?.[place] ?? Number.NaN))
}

/** Rounding noise is none; NaN where one of them has measured nothing, Infinity where one is unbounded. */
function difference(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY
  return Math.abs(a - b) <= roundingNoise * Math.abs(a) ? 0 : a - b
}
