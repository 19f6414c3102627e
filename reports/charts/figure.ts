import type { TopLevelSpec } from 'vega-lite'

/** One chart with everything around it: words, data table, data to download. */
export interface Figure {
  /** Unique in the page; part of file names. */
  readonly id: string
  readonly title: string
  /** Sentences: what is drawn, and what stands out. */
  readonly description: string
  /** Vega-Lite on the data sets `rows` (one row an element of each series, its name in `series`) and `windows`. */
  readonly spec: TopLevelSpec
  readonly series: readonly FigureSeries[]
  readonly columns: readonly FigureColumn[]
  /** What stands in column `series` of the CSV: policy, cluster, pair. */
  readonly seriesHeader: string
  readonly hover: Hover
  readonly table: FigureTable
  /** Pixels; the width is the page's. */
  readonly height: number
  /** Figures of one group stand together, folded away but for the most telling group. */
  readonly group?: string
  /** Within a group, figures of one row stand side by side. */
  readonly row?: string
}

/** Columns of equal length, in the units that are shown. */
export interface FigureSeries {
  readonly name: string
  /** NaN: nothing there. */
  readonly values: Readonly<Record<string, readonly number[]>>
  /** Columns of words beside them. */
  readonly texts?: Readonly<Record<string, readonly string[]>>
}

export interface FigureColumn {
  readonly field: string
  /** Head of the CSV's column, unit included: `power_kW`. */
  readonly header: string
}

/** What the pointer is told: values of all series at its x, or of the mark under it. */
export interface Hover {
  readonly kind: 'x' | 'mark'
  readonly x: string
  readonly xUnit: string
  readonly y: string
  readonly yUnit: string
  /** Whether there are columns `low` and `high`. */
  readonly interval: boolean
  /** Column of words that names the mark; else its series does. */
  readonly title?: string
  /** How far, in pixels, a value may lie from the pointer to be told; 24 unless said. */
  readonly reach?: number
}

/** For people and screen readers: at most some fifty rows. */
export interface FigureTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Five digits are more than a pixel. */
export const round = (value: number): number => Number(value.toPrecision(5))
