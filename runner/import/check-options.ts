/** Options of a format or generator as a user gives them on the command line. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { FabricdtError } from '../errors.ts'
import type { FormatEntry, FormatOptions } from '../formats/format.ts'
import { explain } from '../scenario/check-schema.ts'
import type { SchemaError } from '../scenario/messages/schema-error.ts'

/** Throws FabricdtError `usage` for one that the format has not, or a value that it does not take. */
export function checkOptions(entry: Pick<FormatEntry, 'options'>, options: FormatOptions): void {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false })
  const check = ajv.compile({ type: 'object', properties: entry.options, additionalProperties: false })
  if (check(options)) return
  const [{ message, hint }] = explain(
    (check.errors ?? []).map(error => ({ ...error, instancePath: `/options${error.instancePath}` })) as SchemaError[],
  )
  throw new FabricdtError('usage', message, { hint })
}
