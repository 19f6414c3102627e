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

/** Options with what is not given as the schemas say. */
export const completed = (
  schemas: Readonly<Record<string, OptionSchema>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default])),
  ...given,
})
