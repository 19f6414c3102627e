import { hashName, Random, streams } from '../../engine/random.ts'
import { withDefaults } from '../../engine/schema.ts'
import type { FormatOptions, TraceColumns } from '../formats/format.ts'
import { bags } from './bags.ts'
import type { GeneratorEntry } from './generator.ts'
import { lublin } from './lublin.ts'
import { stress } from './stress.ts'

export const generators: readonly GeneratorEntry[] = [lublin, bags, stress]

export const findGenerator = (name: string): GeneratorEntry | undefined => generators.find(entry => entry.name === name)

/** The jobs of a workload: the same for the same options, seed and name. */
export function generate(entry: GeneratorEntry, given: FormatOptions, seed: number, workload: string): TraceColumns {
  const options = withDefaults(given, entry.options)
  const random = new Random((options.seed as number | undefined) ?? seed, 0)
  random.select(streams.arrivals, 3, hashName(workload), 0)
  return entry.generate(options, random)
}
