/** Option schemas of the tables as they stand beside the behaviour, completed for the file's schema. */
import type { OptionSchema } from '../engine/schema.ts'
import type { JsonSchema } from './json-schema.ts'

/** Every field must say what it means, its default and an example. */
export function optionsOf(options: Readonly<Record<string, OptionSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, completeOption(option)]))
}

/** One of them. */
export function completeOption(option: OptionSchema): JsonSchema {
  const { properties, items, ...rest } = option
  return {
    ...rest,
    ...(option.default === undefined && !option.description.includes('Absent:')
      ? { description: `${option.description} Absent: as if not said.` }
      : {}),
    examples: option.examples ?? [option.default ?? option.enum?.[0]],
    ...(items === undefined ? {} : { items: completeOption(items) }),
    ...(properties === undefined ? {} : { properties: optionsOf(properties), additionalProperties: false }),
  }
}
