/** Errors of the validator as coded messages. */
import type { ErrorCode } from '../errors.ts'
import type { Path } from './document.ts'
import { pathText } from './problems.ts'
import { QuantityError, quantities, show } from './quantities.ts'
import { nearest, suggest } from './suggest.ts'

export interface SchemaError {
  keyword: string
  instancePath: string
  schemaPath: string
  params: Record<string, unknown>
  propertyName?: string
  /** Value of the keyword, the schema that it stands in, and the value that is wrong. */
  schema: unknown
  parentSchema: unknown
  data: unknown
}

export interface Description {
  code: ErrorCode
  message: string
  hint: string
  path: Path
  key: boolean
  /** The value must not be read any further. */
  drop: boolean
}

type Describe = (error: SchemaError, path: Path) => Partial<Description> & Pick<Description, 'code' | 'message'>

const describers: Readonly<Record<string, Describe>> = {
  additionalProperties: unknownField,
  required: ({ params }, path) => ({
    code: 'missing-field',
    message: `${nameOf(path)} lacks “${String(params.missingProperty)}”`,
    hint: `Add \`${String(params.missingProperty)}\`.`,
    key: true,
    drop: false,
  }),
  oneOf: exactlyOne,
  type: wrongType,
  anyOf: ({ schema, data }, path) =>
    wrongTypeMessage(
      (schema as { type: string | string[] }[]).flatMap(({ type }) => type),
      data,
      path,
    ),
  enum: notAllowed,
  propertyNames: ({ params }, path) => ({
    code: 'not-allowed',
    message: `“${String(params.propertyName)}” is not a valid name`,
    hint: nameHint,
    path: [...path, String(params.propertyName)],
    key: true,
  }),
  pattern: badText,
  minItems: ({ params, data }, path) => ({
    code: 'out-of-range',
    message: `${nameOf(path)} has ${items(data)}, expected at least ${String(params.limit)}`,
    hint: 'Add what is missing.',
    drop: false,
  }),
  maxItems: ({ params, data }, path) => ({
    code: 'out-of-range',
    message: `${nameOf(path)} has ${items(data)}, expected at most ${String(params.limit)}`,
    hint: 'Remove what is too much.',
  }),
  minProperties: ({ parentSchema }, path) => ({ ...oneOfFields(parentSchema, path), drop: false }),
  maxProperties: ({ parentSchema }, path) => oneOfFields(parentSchema, path),
}

const items = (data: unknown): string =>
  `${(data as unknown[]).length} item${(data as unknown[]).length === 1 ? '' : 's'}`

const nameHint =
  'Names are lower-case letters, digits and dashes, at most 63, beginning and ending with a letter or digit.'

export function describe(error: SchemaError): Description {
  const path = error.instancePath.split('/').slice(1).map(stepOf)
  const description = (describers[error.keyword] ?? outOfRange)(error, path)
  return { hint: '', path, key: false, drop: true, ...description }
}

/** A step of a JSON pointer; what looks like an index is found in mappings as well. */
const stepOf = (step: string): string | number => {
  const text = step.replaceAll('~1', '/').replaceAll('~0', '~')
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : text
}

const nameOf = (path: Path): string => (path.length === 0 ? 'the scenario' : pathText(path))

function unknownField({ params, parentSchema }: SchemaError, path: Path) {
  const name = String(params.additionalProperty)
  const fields = Object.keys((parentSchema as { properties?: object }).properties ?? {})
  const isPolicy = path.length === 3 && path[1] === 'policies'
  return {
    code: isPolicy ? ('unknown-policy' as const) : ('unknown-field' as const),
    message: isPolicy ? `there is no policy “${name}”` : `unknown field “${name}” in ${nameOf(path)}`,
    hint: suggest(name, fields, 'Remove it; `fabricdt-run schema` prints every field.'),
    path: [...path, name],
    key: true,
  }
}

/** Of a list of `required` alternatives none, or more than one, is there. */
function exactlyOne({ schema, data }: SchemaError, path: Path) {
  const names = (schema as { required: string[] }[]).map(({ required }) => required[0])
  const given = names.filter(name => Object.hasOwn(data as object, name))
  const list = names
    .map(name => `\`${name}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')
  return given.length === 0
    ? {
        code: 'missing-field' as const,
        message: `${nameOf(path)} needs ${list}`,
        hint: `Give exactly one of ${list}.`,
        key: true,
        drop: false,
      }
    : {
        code: 'not-allowed' as const,
        message: `${given.map(name => `“${name}”`).join(' and ')} exclude each other`,
        hint: `Give exactly one of ${list}.`,
        path: [...path, given[1]],
        key: true,
      }
}

function oneOfFields(parentSchema: unknown, path: Path) {
  const fields = Object.keys((parentSchema as { properties?: object }).properties ?? {})
  const choice = fields.length === 0 ? 'at least one entry' : `exactly one of ${fields.join(', ')}`
  return { code: 'not-allowed' as const, message: `${nameOf(path)} needs ${choice}`, hint: '' }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
}

function wrongType({ schema, data, parentSchema }: SchemaError, path: Path) {
  return quantityProblem(parentSchema, data, path) ?? wrongTypeMessage([schema as string | string[]].flat(), data, path)
}

function wrongTypeMessage(types: readonly string[], data: unknown, path: Path) {
  const expected = [...new Set(types)].map(type => typeNames[type] ?? type).join(' or ')
  const actual =
    data === null ? 'nothing' : Array.isArray(data) ? 'a list' : typeof data === 'object' ? 'a mapping' : show(data)
  return {
    code: 'wrong-type' as const,
    message: `${nameOf(path)}: expected ${expected}, got ${actual}`,
    hint: `Write ${expected}.`,
  }
}

function notAllowed({ schema, data }: SchemaError, path: Path) {
  const allowed = (schema as unknown[]).map(String)
  if (path.length === 3 && path[1] === 'policies')
    return {
      code: 'unknown-policy' as const,
      message: `there is no policy ${show(data)}`,
      hint: suggest(String(data), allowed, ''),
    }
  const near = nearest(String(data), allowed)
  return {
    code: 'not-allowed' as const,
    message: `${nameOf(path)}: ${show(data)} is not allowed`,
    hint: `${near === undefined ? '' : `Did you mean “${near}”? `}Allowed: ${allowed.join(', ')}.`,
  }
}

/** What the reader of a quantity says against a value; undefined for values that are no quantity at all. */
function quantityProblem(parentSchema: unknown, data: unknown, path: Path) {
  const name = (parentSchema as { 'x-quantity'?: string })['x-quantity']
  if (name === undefined || !(typeof data === 'string' || typeof data === 'number')) return undefined
  const read = Object.hasOwn(quantities, name) ? quantities[name as keyof typeof quantities] : undefined
  if (read === undefined) return undefined
  try {
    read(data)
  } catch (error) {
    if (error instanceof QuantityError)
      return { code: error.code, message: `${nameOf(path)}: ${error.message}`, hint: error.hint }
    throw error
  }
  return { code: 'bad-quantity' as const, message: `${nameOf(path)}: ${show(data)} cannot be read`, hint: '' }
}

function badText(error: SchemaError, path: Path) {
  const quantity = quantityProblem(error.parentSchema, error.data, path)
  if (quantity !== undefined) return quantity
  const kind = (error.parentSchema as { 'x-quantity'?: string })['x-quantity']
  const hint =
    kind === 'label'
      ? nameHint
      : kind === 'place'
        ? 'Write letters, digits, dashes, dots and underscores, at most 63, beginning and ending with a letter or digit.'
        : 'Write up to 60 characters that neither begin nor end with a space or comma.'
  return { code: 'not-allowed' as const, message: `${nameOf(path)}: ${show(error.data)} is not a valid name`, hint }
}

const limits: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
}

function outOfRange(error: SchemaError, path: Path) {
  const quantity = quantityProblem(error.parentSchema, error.data, path)
  if (quantity !== undefined) return quantity
  const { minimum, maximum, exclusiveMinimum } = error.parentSchema as Record<string, number | undefined>
  const least =
    minimum !== undefined
      ? `at least ${minimum}`
      : exclusiveMinimum !== undefined
        ? `more than ${exclusiveMinimum}`
        : ''
  const most = maximum === undefined ? '' : `at most ${maximum}`
  return {
    code: 'out-of-range' as const,
    message: `${nameOf(path)}: ${show(error.data)} must be ${limits[error.keyword] ?? error.keyword} ${String(error.params.limit)}`,
    hint: `Give a number of ${[least, most].filter(Boolean).join(' and ')}.`,
  }
}
