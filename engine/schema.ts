/** JSON Schema (2020-12) of an entry's options, kept beside the behaviour; `schemas/generate.ts` gathers them. */
export interface OptionSchema {
  readonly type?: 'object' | 'string' | 'number' | 'integer' | 'boolean' | 'array'
  readonly description: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly enum?: readonly string[]
  readonly items?: OptionSchema
  readonly $ref?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, OptionSchema>>
}

/** Options with the defaults of an entry of a table filled in; what has no default stays absent. */
export function withDefaults(
  given: Readonly<Record<string, unknown>>,
  schemas: Readonly<Record<string, OptionSchema>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) => {
      const value = Object.hasOwn(given, name) ? given[name] : schema.default
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
