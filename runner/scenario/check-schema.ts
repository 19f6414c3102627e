/** Checks the form of a file by the generated validator, and says what is wrong in a person's words. */
import { validate } from '../../schemas/validate-scenario.generated.ts'
import type { Path } from './document.ts'
import { describe } from './messages/describe.ts'
import { isPolicy, type Message, type SchemaError } from './messages/schema-error.ts'
import type { Problems } from './problems.ts'
import { nearest } from './suggest.ts'

const check = validate as ((value: unknown) => boolean) & { errors?: SchemaError[] | null }

/**
 * Reports what is wrong with the form of `file`. `stripped` are mappings that lost a field that cannot be simulated yet:
 * that something is missing in them is no news. Gives the paths of what must not be read any further.
 */
export function checkSchema(file: unknown, stripped: readonly Path[], problems: Problems): Path[] {
  if (check(file)) return []
  return explain(check.errors ?? [], stripped).flatMap(({ code, message, hint, path, key, drop }) => {
    problems.add(code, path, message, { hint, key })
    return drop ? [path] : []
  })
}

/** What the validator's errors say to a person: those that matter, in a person's words. */
export function explain(found: readonly SchemaError[], stripped: readonly Path[] = []): Required<Message>[] {
  const quiet = new Set(stripped.map(path => pointer(path.slice(0, -1))))
  const errors = relevant(found)
  return errors
    .filter(
      error => !(quiet.has(error.instancePath) && completeness.includes(error.keyword)) && !isMisspelt(error, errors),
    )
    .map(describe)
}

/** Keywords by which something is missing. */
const completeness = ['required', 'oneOf', 'minProperties', 'minItems']

/** A field is missing because it stands there misspelt: that is told with the right spelling. */
function isMisspelt(error: SchemaError, errors: readonly SchemaError[]): boolean {
  const wanted = missingOf(error)
  return errors.some(
    other =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === error.instancePath &&
      wanted.includes(
        nearest(
          String(other.params.additionalProperty),
          Object.keys((other.parentSchema as { properties: object }).properties),
        ) ?? '',
      ),
  )
}

/** Fields any of which would mend the error. */
function missingOf({ keyword, params, schema, data }: SchemaError): string[] {
  if (keyword === 'required') return [String(params.missingProperty)]
  const names = keyword === 'oneOf' ? (schema as { required: string[] }[]).map(({ required }) => required[0]) : []
  return names.some(name => Object.hasOwn(data as object, name)) ? [] : names
}

/** RFC 6901. */
export const pointer = (path: Path): string =>
  path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Of a union only what concerns the branch that was meant: the one that takes a value of this type. */
function relevant(errors: readonly SchemaError[]): SchemaError[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf')
  return errors.filter(error => {
    // Items that were taken out of a list leave a hole.
    if (error.data === undefined || error.keyword === 'if' || isInnerName(error) || isBranchOfExactlyOne(error))
      return false
    // A name that no policy has is no path of a file either: that is no second problem.
    if (error.keyword === 'pattern' && isPolicy(error.instancePath.split('/').slice(1))) return false
    // What one case needs is told by the rules, which know what does not belong to it either.
    if (error.schemaPath.endsWith('/then/required')) return false
    if (!['type', 'anyOf'].includes(error.keyword) && isForOtherType(error)) return false
    return unions.every(union => !isNoise(error, union))
  })
}

const isInnerName = (error: SchemaError): boolean => error.propertyName !== undefined
const isBranchOfExactlyOne = (error: SchemaError): boolean =>
  error.keyword === 'required' && error.schemaPath.includes('/oneOf/')

function isNoise(error: SchemaError, union: SchemaError): boolean {
  const branches = union.schema as readonly { type: string | readonly string[] }[]
  const meant = branches.some(({ type }) => [type].flat().some(name => isOfType(union.data, name)))
  if (error === union) return meant
  if (error.instancePath === union.instancePath) return meant ? isForOtherType(error) : true
  return !meant && error.instancePath.startsWith(`${union.instancePath}/`)
}

/** Whether the schema that complains is one for values of another type. */
function isForOtherType({ parentSchema, data }: SchemaError): boolean {
  const types = [(parentSchema as { type?: string | readonly string[] }).type ?? []].flat()
  return types.length > 0 && !types.some(type => isOfType(data, type))
}

export function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}
