/** Values of the wrong type, out of range, or with a form that is not right. */
import type { Path } from '../document.ts'
import { QuantityError, quantities, show } from '../quantities.ts'
import { nearest, suggest } from '../suggest.ts'
import { nameHint } from './fields.ts'
import { type Describe, isPolicy, type Message, nameOf, quantityOf, type SchemaError } from './schema-error.ts'

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
}

export const wrongType: Describe = (error, path) =>
  quantityProblem(error, path) ?? wrongTypeMessage([error.schema as string | string[]].flat(), error.data, path)

/** No branch of a union takes a value of this type. */
export const noBranch: Describe = ({ schema, data }, path) =>
  wrongTypeMessage(
    (schema as { type: string | string[] }[]).flatMap(({ type }) => type),
    data,
    path,
  )

function wrongTypeMessage(types: readonly string[], data: unknown, path: Path): Message {
  const expected = [...new Set(types)].map(type => typeNames[type] ?? type).join(' or ')
  return {
    code: 'wrong-type',
    message: `${nameOf(path)}: expected ${expected}, got ${show(data)}`,
    hint: `Write ${expected}.`,
  }
}

export const notAllowed: Describe = ({ schema, data }, path) => {
  const allowed = (schema as unknown[]).map(String)
  if (isPolicy(path))
    return {
      code: 'unknown-policy',
      message: `there is no policy ${show(data)}`,
      hint: suggest(String(data), allowed, ''),
    }
  const near = nearest(String(data), allowed)
  return {
    code: 'not-allowed',
    message: `${nameOf(path)}: ${show(data)} is not allowed`,
    hint: `${near === undefined ? '' : `Did you mean “${near}”? `}Allowed: ${allowed.join(', ')}.`,
  }
}

const nameHints: Readonly<Record<string, string>> = {
  label: nameHint,
  place:
    'Write letters, digits, dashes, dots and underscores, at most 63, beginning and ending with a letter or digit.',
}

export const badText: Describe = (error, path) => {
  const hint =
    nameHints[quantityOf(error) ?? ''] ?? 'Write up to 60 characters that neither begin nor end with a space or comma.'
  return (
    quantityProblem(error, path) ?? {
      code: 'not-allowed',
      message: `${nameOf(path)}: ${show(error.data)} is not a valid name`,
      hint,
    }
  )
}

const limits: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
}

export const outOfRange: Describe = (error, path) => {
  const range = Object.entries(limits).flatMap(([keyword, words]) => {
    const limit = (error.parentSchema as Record<string, unknown>)[keyword]
    return limit === undefined ? [] : [`${words} ${String(limit)}`]
  })
  return (
    quantityProblem(error, path) ?? {
      code: 'out-of-range',
      message: `${nameOf(path)}: ${show(error.data)} must be ${limits[error.keyword] ?? error.keyword} ${String(error.params.limit)}`,
      hint: `Give a number of ${range.join(' and ')}.`,
    }
  )
}

export const wrongLength: Describe = ({ keyword, params, data }, path) => {
  const count = (data as unknown[]).length
  const [words, hint] =
    keyword === 'minItems' ? ['at least', 'Add what is missing.'] : ['at most', 'Remove what is too much.']
  const message =
    count === 0
      ? `${nameOf(path)} is empty`
      : `${nameOf(path)} has ${count} item${count === 1 ? '' : 's'}, expected ${words} ${String(params.limit)}`
  return { code: 'out-of-range', message, hint, drop: keyword === 'maxItems' }
}

/** What the reader of a quantity says against a value; undefined where the schema is not that of a quantity. */
function quantityProblem(error: SchemaError, path: Path): Message | undefined {
  const name = quantityOf(error) ?? ''
  if (!Object.hasOwn(quantities, name)) return undefined
  try {
    quantities[name as keyof typeof quantities](error.data)
  } catch (problem) {
    if (!(problem instanceof QuantityError)) throw problem
    const isScalar = typeof error.data === 'string' || typeof error.data === 'number'
    return {
      code: isScalar ? problem.code : 'wrong-type',
      message: `${nameOf(path)}: ${problem.message}`,
      hint: problem.hint,
    }
  }
  return { code: 'bad-quantity', message: `${nameOf(path)}: ${show(error.data)} cannot be read` }
}
