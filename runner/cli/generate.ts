/** `fabricdt-run generate`: the jobs of a model of workloads as a trace, or one of them as a Kubernetes Job. */

import { stringify } from 'yaml'
import { withDefaults } from '../../engine/schema.ts'
import { exits, FabricdtError } from '../errors.ts'
import type { GeneratorEntry } from '../generators/generator.ts'
import { findGenerator, generate, generators } from '../generators/index.ts'
import { checkOptions } from '../import/check-options.ts'
import { suggest } from '../scenario/suggest.ts'
import { type ImportFlags, lossesOf, put, readOption, writerOf } from './import.ts'

export interface GenerateFlags extends Omit<ImportFlags, 'from'> {
  seed: number
}

/** Throws FabricdtError `usage` or `output-failed`. */
export async function runGenerate(model: string, flags: GenerateFlags): Promise<number> {
  const entry = findGenerator(model)
  const names = generators.map(({ name }) => name)
  if (entry === undefined)
    throw new FabricdtError('usage', `there is no generator “${model}”`, { hint: suggest(model, names, '') })
  const options = Object.fromEntries(flags.option.map(readOption))
  checkOptions(entry, options)
  const isJob = flags.to === 'kubernetes'
  const out = flags.out ?? `${model}.${isJob ? 'yaml' : flags.to}`
  if (isJob) await put(out, [jobYaml(entry, options)], flags)
  else await writeTrace(entry, options, out, flags)
  if (flags.dryRun !== true) process.stdout.write(`${out}\n`)
  return exits.ok
}

async function writeTrace(entry: GeneratorEntry, options: Record<string, unknown>, out: string, flags: GenerateFlags) {
  const format = writerOf(flags.to)
  const trace = generate(entry, options, flags.seed, entry.name)
  process.stderr.write([`${entry.name}: ${trace.count} jobs`, ...lossesOf(trace, format), ''].join('\n'))
  await put(out, (await format.write?.(trace)) ?? [], flags)
}

function jobYaml({ job, name, options: schema }: GeneratorEntry, options: Record<string, unknown>) {
  if (job === undefined)
    throw new FabricdtError('usage', `--to kubernetes: the jobs of ${name} differ from each other`, {
      hint: 'Run a scenario with `generator:` on clusters (--mode execute), or write a trace.',
    })
  return `# Make one or more: kubectl create -f FILE\n${stringify(job(withDefaults(options, schema)), { aliasDuplicateObjects: false })}`
}
