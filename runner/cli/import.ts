/** `fabricdt-run import`: files of other programs become traces or scenarios; what was dropped or made up is said. */
import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { exits, FabricdtError } from '../errors.ts'
import { traceFields } from '../formats/columns.ts'
import type { FormatEntry, TraceColumns, TraceField } from '../formats/format.ts'
import { formats } from '../formats/index.ts'
import { type Imported, importFile } from '../import/import-files.ts'
import { importedYaml } from '../import/scenario-yaml.ts'
import { replaceFile } from '../output/run-folder.ts'
import { suggest } from '../scenario/suggest.ts'
import { labelOf } from '../snapshot/names.ts'

export interface ImportFlags {
  from?: string
  to: string
  out?: string
  /** `name=value` of the format that is read. */
  option: string[]
  force?: boolean
  dryRun?: boolean
}

/** Names of what can be written. */
const writable = (): string[] => [
  'scenario',
  ...formats.filter(({ write }) => write !== undefined).map(({ name }) => name),
]

/** Throws FabricdtError `usage`, `file-unreadable`, `bad-trace` or `output-failed`. */
export async function runImport(files: readonly string[], flags: ImportFlags): Promise<number> {
  const options = Object.fromEntries(flags.option.map(readOption))
  const imported: Imported[] = []
  for (const file of files) imported.push(await importFile(file, flags.from, options))
  const out = flags.out ?? `${labelOf(basename(files[0]).replace(/\..*$/, ''))}.${extensionOf(flags.to)}`
  const lines = imported.flatMap(describe)
  if (flags.to === 'scenario') await writeScenario(imported, out, flags, lines)
  else await writeTrace(imported, writerOf(flags.to), out, flags, lines)
  process.stderr.write(`${lines.join('\n')}\n`)
  if (flags.dryRun !== true) process.stdout.write(`${out}\n`)
  return exits.ok
}

const extensionOf = (to: string): string => (to === 'scenario' ? 'yaml' : to)

/** `name=value`: the value as a number, a mapping in JSON, or text. Throws FabricdtError `usage`. */
export function readOption(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) throw new FabricdtError('usage', `--option ${text}: a name, = and a value are needed`)
  return [text.slice(0, at), readValue(text, text.slice(at + 1))]
}

/** A number, a mapping in JSON, or the text itself. */
function readValue(option: string, value: string): unknown {
  if (value !== '' && !Number.isNaN(Number(value))) return Number(value)
  if (!value.startsWith('{')) return value
  try {
    return JSON.parse(value)
  } catch (cause) {
    throw new FabricdtError('usage', `--option ${option}: not readable as JSON: ${(cause as Error).message}`, {
      hint: 'Such as \'columns={"submitTime": "arrival"}\'.',
      cause,
    })
  }
}

/** The format that writes such files. Throws FabricdtError `usage`. */
export function writerOf(to: string): FormatEntry {
  const entry = formats.find(({ name, write }) => name === to && write !== undefined)
  if (entry === undefined)
    throw new FabricdtError('usage', `--to ${to}: nothing writes that`, { hint: suggest(to, writable(), '') })
  return entry
}

async function writeTrace(imported: Imported[], entry: FormatEntry, out: string, flags: ImportFlags, lines: string[]) {
  const [only] = imported
  if (imported.length !== 1 || only.kind !== 'trace')
    throw new FabricdtError('usage', `--to ${entry.name} writes the jobs of one trace`, {
      hint: 'Workflows, nodes and several files become one scenario: --to scenario.',
    })
  lines.push(...lossesOf(only.trace, entry))
  await put(out, (await entry.write?.(only.trace)) ?? [], flags)
}

async function writeScenario(imported: Imported[], out: string, flags: ImportFlags, lines: string[]) {
  const fabrics = imported.flatMap(part => (part.kind === 'fabric' ? [part.fabric] : []))
  const traces = imported.flatMap(part => (part.kind === 'trace' ? [part] : []))
  const workflows = imported.flatMap(part => (part.kind === 'workflow' ? [part.workflow] : []))
  if (traces.length + workflows.length === 0)
    throw new FabricdtError('usage', 'there is nothing to run in it', { hint: 'Name a trace or a workflow too.' })
  if (fabrics.length === 0) lines.push('fabric: invented, one datacenter that holds what asks for most')
  if (workflows.length > 0) lines.push('network: invented, 1 ms and 1 Gbps within the cluster')
  const yaml = importedYaml({
    name: labelOf(basename(out).replace(/\.ya?ml$/, '')),
    description: `Imported from ${imported.map(({ file }) => basename(file)).join(', ')}`,
    traces: traces.map(({ entry, file, options }) => ({
      format: entry.name,
      file: relative(dirname(resolve(out)), resolve(file)),
      options,
    })),
    workflows,
    clusters: fabrics.length === 0 ? null : fabrics.flatMap(({ clusters }) => clusters),
    largest: largestOf(
      traces.map(({ trace }) => trace),
      workflows,
    ),
    notes: lines,
  })
  await put(out, [yaml], flags)
}

function largestOf(
  traces: readonly TraceColumns[],
  workflows: readonly { steps: { cores: number; memoryBytes: number }[] }[],
) {
  /** The largest of what is known. */
  const most = (field: TraceField, otherwise: number) => {
    let largest = otherwise
    for (const trace of traces) for (const value of trace[field]) if (value > largest) largest = value
    return largest
  }
  const steps = workflows.flatMap(workflow => workflow.steps)
  return {
    cpuMilli: steps.reduce((max, { cores }) => Math.max(max, cores * 1000), most('cpuMilli', 1000)),
    memoryBytes: steps.reduce((max, { memoryBytes }) => Math.max(max, memoryBytes), most('memoryBytes', 0)),
    gpus: most('gpu', 0),
    tasks: most('tasks', 1),
  }
}

/** Writes a file, unless one is there already. Throws FabricdtError `usage` or `output-failed`. */
export async function put(
  out: string,
  content: Iterable<string | Uint8Array>,
  { force, dryRun }: Pick<ImportFlags, 'force' | 'dryRun'>,
): Promise<void> {
  if (dryRun === true) return
  if (existsSync(out) && force !== true)
    throw new FabricdtError('usage', `${out} is there already`, {
      hint: 'Choose another --out, or overwrite with --force.',
    })
  await replaceFile(out, content)
}

function describe(part: Imported): string[] {
  if (part.kind === 'workflow')
    return [`${part.file}: a workflow of ${part.workflow.steps.length} stages`, ...part.workflow.notes.map(indent)]
  if (part.kind === 'fabric') {
    const nodes = part.fabric.clusters.reduce((sum, cluster) => sum + cluster.nodes, 0)
    return [`${part.file}: ${nodes} nodes in ${part.fabric.clusters.length} clusters`, ...part.fabric.notes.map(indent)]
  }
  const { trace, entry } = part
  return [
    `${part.file}: ${trace.count} jobs (${entry.name})`,
    ...Object.entries(trace.skipped).map(([why, jobs]) => `  left out: ${jobs} jobs, ${why}`),
    ...Object.entries(trace.invented).map(([what, jobs]) => `  invented for ${jobs} jobs: ${what}`),
    ...(trace.dropped.length === 0 ? [] : [`  dropped: ${trace.dropped.join(', ')}`]),
  ]
}

const indent = (note: string): string => `  ${note}`

/** What the written file has no place for, where the trace has it. */
export function lossesOf(trace: TraceColumns, { name, loses = [] }: FormatEntry): string[] {
  const lost = traceFields.filter(field => loses.includes(field) && trace[field].some(value => !Number.isNaN(value)))
  return lost.length === 0 ? [] : [`  ${name} has no place for ${lost.join(', ')}`]
}
