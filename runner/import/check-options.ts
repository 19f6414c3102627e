/** Options of a format as a user gives them on the command line. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { FabricdtError } from '../errors.ts'
import type { FormatEntry, FormatOptions } from '../formats/format.ts'
import { suggest } from '../scenario/suggest.ts'

/** Throws FabricdtError `usage` for one that the format has not, or a value that it does not take. */
export function checkOptions(entry: FormatEntry, options: FormatOptions): void {
  const names = Object.keys(entry.options)
  const unknown = Object.keys(options).find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new FabricdtError('usage', `the format ${entry.name} has no option “${unknown}”`, {
      hint: suggest(unknown, names, ''),
    })
  const ajv = new Ajv2020({ strict: false })
  if (ajv.validate({ type: 'object', properties: entry.options }, options)) return
  const [{ instancePath, message, params }] = ajv.errors ?? []
  const allowed = (params as { allowedValues?: string[] }).allowedValues
  throw new FabricdtError('usage', `option ${instancePath.slice(1)} of ${entry.name} ${message}`, {
    hint: allowed === undefined ? '' : `Allowed: ${allowed.join(', ')}.`,
  })
}
