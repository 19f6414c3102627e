/** Reads files of any format that is known, as what they are: traces, workflows, fabrics. */

import { withDefaults } from '../../engine/schema.ts'
import { unpackTable } from '../compile/files.ts'
import { FabricdtError } from '../errors.ts'
import type { FormatEntry, FormatOptions, TraceColumns } from '../formats/format.ts'
import { formats } from '../formats/index.ts'
import { filesOfTrace, withAbsoluteFiles } from '../formats/trace-files.ts'
import { suggest } from '../scenario/suggest.ts'
import { checkOptions } from './check-options.ts'
import { fabricFiles, type ImportedFabric } from './fabric-file.ts'
import { Source } from './source.ts'
import { wfcommons } from './wfcommons.ts'
import type { Workflow, WorkflowEntry } from './workflow.ts'

export type Imported =
  | { kind: 'trace'; file: string; entry: FormatEntry; options: Readonly<Record<string, unknown>>; trace: TraceColumns }
  | { kind: 'workflow'; file: string; workflow: Workflow }
  | { kind: 'fabric'; file: string; fabric: ImportedFabric }

const workflowFiles: readonly WorkflowEntry[] = [wfcommons]

/** Names of all that can be read, with what they are. */
export const readable: readonly { name: string; summary: string }[] = [...formats, ...workflowFiles, ...fabricFiles]

/** Throws FabricdtError `usage`, `file-unreadable` or `bad-trace`. */
export async function importFile(
  file: string,
  format: string | undefined,
  options: Readonly<Record<string, unknown>>,
): Promise<Imported> {
  const source = await Source.open(file)
  const name = format ?? guess(source)
  const entry = formats.find(each => each.name === name)
  if (entry !== undefined) {
    checkOptions(entry, options)
    return {
      kind: 'trace',
      file,
      entry,
      options,
      trace: entry.read(source.bytes, file, await unpacked(entry, withDefaults(options, entry.options), file)),
    }
  }
  const workflow = workflowFiles.find(each => each.name === name)
  if (workflow !== undefined) return { kind: 'workflow', file, workflow: workflow.read(source.json, file) }
  const fabric = fabricFiles.find(each => each.name === name)
  if (fabric !== undefined) return { kind: 'fabric', file, fabric: fabric.read(source) }
  const names = readable.map(each => each.name)
  throw new FabricdtError('usage', `there is no format “${name}”`, { hint: suggest(name, names, '') })
}

/** The options, further files ready to be read. */
async function unpacked(entry: FormatEntry, given: FormatOptions, file: string): Promise<FormatOptions> {
  const options = withAbsoluteFiles(entry, given, file)
  for (const each of filesOfTrace(entry, options, file).slice(1)) await unpackTable(each)
  return options
}

/** The name of the format that a file looks like. Throws FabricdtError `usage` where it looks like none or several. */
function guess(source: Source): string {
  const { file } = source
  const lines = source.firstLines(20)
  const found = [
    ...formats.filter(({ recognises }) => recognises?.(lines, file) === true),
    ...(source.isJson ? workflowFiles.filter(each => each.recognises(source.json)) : []),
    ...fabricFiles.filter(each => each.recognises(source)),
  ].map(({ name }) => name)
  if (found.length === 1) return found[0]
  throw new FabricdtError(
    'usage',
    found.length === 0 ? `${file} looks like none of the formats` : `${file} may be ${found.join(' or ')}`,
    { hint: `Say which with --from: ${readable.map(({ name }) => name).join(', ')}.` },
  )
}
