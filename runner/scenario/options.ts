import type { OptionSchema } from '../../engine/schema.ts'

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
