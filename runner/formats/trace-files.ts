/** Files that traces lie in: most in one, some in several. */
import { dirname, resolve } from 'node:path'
import type { FormatEntry, FormatOptions } from './format.ts'

/** The options with the further files that they name as absolute paths. */
export function withAbsoluteFiles(
  { files = [] }: Pick<FormatEntry, 'files'>,
  options: FormatOptions,
  file: string,
): Record<string, unknown> {
  const named = files.flatMap(name => (typeof options[name] === 'string' ? [[name, options[name]] as const] : []))
  return { ...options, ...Object.fromEntries(named.map(([name, path]) => [name, resolve(dirname(file), path)])) }
}

/** All that is read of a trace, the trace first. */
export const filesOfTrace = (
  { files = [] }: Pick<FormatEntry, 'files'>,
  options: FormatOptions,
  file: string,
): string[] => [file, ...files.flatMap(name => (typeof options[name] === 'string' ? [options[name]] : []))]
