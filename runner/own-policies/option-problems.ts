/** Whether options are what a policy says they may be. */
import { createRequire } from 'node:module'
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js'
import type { PolicyEntry } from '../../engine/index.ts'
import { explain } from '../scenario/check-schema.ts'
import type { Message, SchemaError } from '../scenario/messages/schema-error.ts'

const checks = new Map<PolicyEntry, ValidateFunction>()
/** Loaded when it is needed: that takes longer than all else that `validate` does. */
let ajv: Ajv2020 | undefined

/** What is wrong with the options of a policy, in words; `at` is where they stand. Throws ajv's error for a schema that is none. */
export function optionProblems(entry: PolicyEntry, options: unknown, at: string): Required<Message>[] {
  const check = checks.get(entry) ?? compiled(entry)
  if (check(options)) return []
  const errors = (check.errors ?? []).map(error => ({ ...error, instancePath: at + error.instancePath }))
  return explain(errors as unknown as SchemaError[])
}

function compiled(entry: PolicyEntry): ValidateFunction {
  if (ajv === undefined) {
    const { Ajv2020: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
    ajv = new Ajv({ allErrors: true, verbose: true, strict: false })
  }
  const check = ajv.compile({ type: 'object', properties: entry.options, additionalProperties: false })
  checks.set(entry, check)
  return check
}
