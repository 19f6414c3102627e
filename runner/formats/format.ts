/** A workload format: reads a file of jobs into columns. */
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
  /** Records that were left out, by reason. */
  skipped: Record<string, number>
}

export interface FormatEntry {
  readonly name: string
  readonly summary: string
  readonly options: Readonly<Record<string, OptionSchema>>
  /** Throws FabricdtError `bad-trace` with file, line and what was expected. */
  readonly read: (bytes: Uint8Array, file: string, options: Readonly<Record<string, unknown>>) => TraceColumns
}
