/** Reads files of any format that is known, as what they are: traces, workflows, fabrics. */
import { readBytes, unpackTables } from '../compile/files.ts'
import { FabricdtError } from '../errors.ts'
import type { FormatEntry, TraceColumns } from '../formats/format.ts'
import { formats } from '../formats/index.ts'
import { withDefaults } from '../scenario/options.ts'
import { suggest } from '../scenario/suggest.ts'
import { checkOptions } from './check-options.ts'
import { type FabricEntry, fabricFiles, type ImportedFabric } from './fabric-file.ts'
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
  await unpackTables([file])
  const bytes = readBytes(file)
  const name = format ?? guess(file, bytes)
  const entry = formats.find(each => each.name === name)
  if (entry !== undefined) {
    checkOptions(entry, options)
    const all = withDefaults({ ...options }, entry.options)
    return { kind: 'trace', file, entry, options, trace: entry.read(bytes, file, all) }
  }
  const text = new TextDecoder().decode(bytes)
  const workflow = workflowFiles.find(each => each.name === name)
  if (workflow !== undefined) return { kind: 'workflow', file, workflow: workflow.read(readJson(text, file), file) }
  const fabric = fabricFiles.find(each => each.name === name)
  if (fabric !== undefined) return { kind: 'fabric', file, fabric: fabric.read(text) }
  throw new FabricdtError('usage', `there is no format “${name}”`, {
    hint: suggest(
      name,
      readable.map(each => each.name),
      '',
    ),
  })
}

/** The name of the format that a file looks like. Throws FabricdtError `usage` where it looks like none or several. */
function guess(file: string, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 65_536))
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/, 20)
  const found: string[] = formats.filter(({ recognises }) => recognises?.(lines, file) === true).map(({ name }) => name)
  if (text.trimStart().startsWith('{')) found.push(...guessJson(new TextDecoder().decode(bytes), file))
  else found.push(...fabricFiles.filter(each => each.recognises(text)).map(({ name }) => name))
  if (found.length === 1) return found[0]
  throw new FabricdtError(
    'usage',
    found.length === 0 ? `${file} looks like none of the formats` : `${file} may be ${found.join(' or ')}`,
    { hint: `Say which with --from: ${readable.map(({ name }) => name).join(', ')}.` },
  )
}

const guessJson = (text: string, file: string): string[] => {
  const document = readJson(text, file)
  return [
    ...workflowFiles.filter(each => each.recognises(document)),
    ...fabricFiles.filter((each: FabricEntry) => each.recognises(text)),
  ].map(({ name }) => name)
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FabricdtError('bad-trace', `${file}: not readable as JSON: ${(cause as Error).message}`, { cause })
  }
}
