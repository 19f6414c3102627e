/** A policy of the user's own, from a file of JavaScript, or of TypeScript where Node reads that. */
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { findPolicy, type PolicyEntry } from '../../engine/index.ts'
import { FabricdtError } from '../errors.ts'
import { checkedPolicy } from './checked-policy.ts'
import { contentHash } from './content-hash.ts'
import { placeIn } from './place-in.ts'

export interface OwnPolicy {
  /** Absolute. */
  readonly file: string
  /** Of the file and what it imports by relative paths. */
  readonly hash: string
  /** Its policies are checked while they decide. */
  readonly entry: PolicyEntry
}

/** Whether a policy is named by a file: no policy of the table has a name with such an ending. */
export const isOwnPolicy = (name: string): boolean => /\.[cm]?[jt]s$/.test(name)

/** Whatever a process has loaded stays as it is: Node keeps modules, too. */
const loaded = new Map<string, OwnPolicy>()

/** Loads a file, given by its absolute path. Throws FabricdtError `file-unreadable`, or `bad-policy` for what is no policy. */
export function ownPolicy(file: string): OwnPolicy {
  const known = loaded.get(file)
  if (known !== undefined) return known
  const hash = hashOf(file)
  const fresh = { file, hash, entry: entryOf(file, exportOf(file), hash) }
  loaded.set(file, fresh)
  return fresh
}

function hashOf(file: string): string {
  try {
    return contentHash(file)
  } catch (cause) {
    throw new FabricdtError('file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, {
      cause,
      hint: 'Check the path of the policy; `fabricdt-run init policy FILE` writes one to start from.',
    })
  }
}

/** By `require`, which reads modules of both kinds and at once: policies are looked up where nothing can be awaited. */
function exportOf(file: string): unknown {
  try {
    const module = createRequire(import.meta.url)(file) as { default?: unknown; policy?: unknown }
    return module?.default ?? module?.policy ?? module
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException
    throw new FabricdtError('bad-policy', `${placeIn(file, error)} cannot be loaded: ${error.message}`, {
      cause,
      ...hintFor(file, error),
    })
  }
}

function hintFor(file: string, { code, name, message }: NodeJS.ErrnoException): { hint?: string } {
  if (/\.[cm]?ts$/.test(file) && !('typescript' in process.features && process.features.typescript))
    return {
      hint: `Node ${process.versions.node} does not read TypeScript (22.18 and later do): compile it, or write JavaScript with JSDoc types.`,
    }
  if (code === 'ERR_REQUIRE_ASYNC_MODULE') return { hint: 'It must not await anything at its top level.' }
  if (name === 'SyntaxError' && /\b(export|import)\b/.test(message) && !/\.m[jt]s$/.test(file))
    return {
      hint: `Call it .m${file.endsWith('ts') ? 'ts' : 'js'}, or put "type": "module" into the package.json beside it: Node takes it for CommonJS.`,
    }
  return {}
}

const form = 'Write `export default { name, summary, options, create(options) { return { order, decide } } }`.'

function entryOf(file: string, given: unknown, hash: string): PolicyEntry {
  const refuse = (message: string, hint = form): never => {
    throw new FabricdtError('bad-policy', `${basename(file)} ${message}`, { hint })
  }
  const { name = basename(file).replace(/\.\w+$/, ''), summary, options = {}, create } = (given ?? {}) as PolicyEntry
  if (typeof given !== 'object' || given === null || typeof create !== 'function')
    return refuse('exports no policy: its default export has no function `create`')
  if (typeof name !== 'string' || !/^[\w-][\w .-]{0,58}$/.test(name))
    return refuse('has no proper `name`: letters, digits, dashes and dots, at most 59')
  if (findPolicy(name) !== undefined)
    return refuse(`is called ${name} like one of the policies that are there already`, 'Give it another `name`.')
  if (typeof options !== 'object' || options === null) return refuse('has `options` that are no object')
  const entry = {
    name,
    summary: `${summary ?? 'Of the user’s own.'} (${basename(file)}, ${hash.slice(0, 12)})`,
    options,
  }
  return { ...entry, create: values => checkedPolicy(file, () => create.call(given, values)) }
}
