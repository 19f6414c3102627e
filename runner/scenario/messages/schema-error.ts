import type { ErrorCode } from '../../errors.ts'
import type { Path } from '../document.ts'
import { pathText } from '../problems.ts'

/** An error of the generated validator. */
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

/** What is said of an error; what is absent has the defaults of `describe`. */
export interface Message {
  code: ErrorCode
  message: string
  hint?: string
  /** Where it is said, if not at the value itself. */
  path?: Path
  /** Underline the key instead of the value. */
  key?: boolean
  /** False: the value is not complete, but what there is of it can be read. */
  drop?: boolean
}

export type Describe = (error: SchemaError, path: Path) => Message

/** A path as the subject of a sentence. */
export const nameOf = (path: Path): string => (path.length === 0 ? 'the scenario' : pathText(path))

/** Fields that a schema knows. */
export const fieldsOf = ({ parentSchema }: SchemaError): string[] =>
  Object.keys((parentSchema as { properties?: object }).properties ?? {})

export const quantityOf = ({ parentSchema }: SchemaError): string | undefined =>
  (parentSchema as { 'x-quantity'?: string })['x-quantity']

/** Whether a path is that of an entry of spec.policies. */
export const isPolicy = (path: Path): boolean => path.length === 3 && path[1] === 'policies'
