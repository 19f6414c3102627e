/** A workload format: reads a file of jobs into columns. */
import type { Course } from '../../engine/model.ts'
import type { OptionSchema } from '../../engine/schema.ts'

/** Jobs in the order of the file, in the engine's units. NaN: the trace does not say. */
export interface TraceColumns {
  count: number
  id: Float64Array
  submitS: Float64Array
  runS: Float64Array
  estimateS: Float64Array
  tasks: Float64Array
  /** Per task. */
  cpuMilli: Float64Array
  memoryBytes: Float64Array
  gpu: Float64Array
  /** What a task of each job uses over time; absent: nothing is known of that. */
  course?: Course
  /** Records that were left out, by reason. */
  skipped: Record<string, number>
  /** Jobs for which something was made up, by what it was. */
  invented: Record<string, number>
  /** What the file says and nobody reads: names of its columns or fields. */
  dropped: readonly string[]
}

export type TraceField = Exclude<keyof TraceColumns, 'count' | 'course' | 'skipped' | 'invented' | 'dropped'>

/** Of every format. */
export const limitOption: OptionSchema = {
  type: 'integer',
  description: 'Read only so many jobs; all where it is absent.',
  minimum: 1,
  examples: [1000],
}

/** Values by the name of the option. */
export type FormatOptions = Readonly<Record<string, unknown>>

export interface FormatEntry {
  readonly name: string
  readonly summary: string
  readonly options: Readonly<Record<string, OptionSchema>>
  /** Options that name further files, relative to the trace; read they are absolute. */
  readonly files?: readonly string[]
  /** Throws FabricdtError `bad-trace` with file, line and what was expected. */
  readonly read: (bytes: Uint8Array, file: string, options: FormatOptions) => TraceColumns
  /** Whether a file that begins with these lines, or has this name, is likely of this format; absent: never guessed. */
  readonly recognises?: (firstLines: readonly string[], file: string) => boolean
  /** The jobs as a file of this format, piece by piece; absent: only read. */
  readonly write?: (trace: TraceColumns) => Iterable<string | Uint8Array> | Promise<Iterable<Uint8Array>>
  /** Columns that the written file has no place for. */
  readonly loses?: readonly TraceField[]
}
