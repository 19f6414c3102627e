/** Errors of the validator as coded messages: one line a keyword. */
import type { Path } from '../document.ts'
import { badFieldName, exactlyOne, missingField, oneEntry, unknownField } from './fields.ts'
import type { Describe, Message, SchemaError } from './schema-error.ts'
import { badText, noBranch, notAllowed, outOfRange, wrongLength, wrongType } from './values.ts'

const keywords: Readonly<Record<string, Describe>> = {
  additionalProperties: unknownField,
  required: missingField,
  oneOf: exactlyOne,
  minProperties: oneEntry,
  maxProperties: oneEntry,
  propertyNames: badFieldName,
  type: wrongType,
  anyOf: noBranch,
  enum: notAllowed,
  pattern: badText,
  minItems: wrongLength,
  maxItems: wrongLength,
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
}

/** Throws for a keyword that nobody described: a bug that the tests of the schema find. */
export function describe(error: SchemaError): Required<Message> {
  const path = error.instancePath.split('/').slice(1).map(stepOf)
  const describeKeyword = keywords[error.keyword]
  if (describeKeyword === undefined) throw new Error(`no message for the keyword ${error.keyword}`)
  return { hint: '', path, key: false, drop: true, ...describeKeyword(error, path) }
}

export const describedKeywords: readonly string[] = Object.keys(keywords)

/** A step of a JSON pointer; what looks like an index is found in mappings as well. */
function stepOf(step: string): Path[number] {
  const text = step.replaceAll('~1', '/').replaceAll('~0', '~')
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : text
}
