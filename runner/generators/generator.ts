/** A model of a workload: jobs that nobody submitted, drawn as a published study says. A file and a line of `index.ts` each. */
import type { Random } from '../../engine/random.ts'
import type { OptionSchema } from '../../engine/schema.ts'
import type { KubeObject } from '../clusters/paths.ts'
import type { FormatOptions, TraceColumns } from '../formats/format.ts'

export interface GeneratorEntry {
  readonly name: string
  readonly summary: string
  readonly options: Readonly<Record<string, OptionSchema>>
  /** Jobs in order of submission; all luck comes from `random`. */
  readonly generate: (options: FormatOptions, random: Random) => TraceColumns
  /** One of the jobs as a `batch/v1` Job; absent: they differ. */
  readonly job?: (options: FormatOptions) => KubeObject
}

/** Of every generator. */
export const jobsOption: OptionSchema = {
  type: 'integer',
  description: 'How many jobs.',
  default: 1000,
  minimum: 1,
  maximum: 10_000_000,
  examples: [10_000],
}

/** Of every generator. */
export const seedOption: OptionSchema = {
  type: 'integer',
  description: 'Of the jobs. Absent: the seed of the scenario.',
  minimum: 0,
  maximum: 4_294_967_295,
  examples: [7],
}
