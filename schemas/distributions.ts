/** Distributions as a mapping with one entry: the name, and its parameters. */
import { distributions } from '../engine/distributions.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { ref } from './scalars.ts'

/** Shared by everything that is drawn. */
export const distribution: JsonSchema = {
  title: 'Distribution',
  ...mapping(
    Object.fromEntries(
      distributions.map(entry => [
        entry.name,
        {
          description: `${entry.summary} Absent: another distribution.`,
          examples: [
            Object.fromEntries(entry.parameters.map(({ name, kind }) => [name, kind === 'time' ? '2s' : 1.5])),
          ],
          ...mapping(
            Object.fromEntries(entry.parameters.map(parameter => [parameter.name, parameterSchema(parameter)])),
            entry.parameters.map(({ name }) => name),
          ),
        },
      ]),
    ),
  ),
  minProperties: 1,
  maxProperties: 1,
}

function parameterSchema({
  kind,
  positive,
  description,
}: (typeof distributions)[number]['parameters'][number]): JsonSchema {
  if (kind === 'time') return { ...ref(positive ? 'positiveDuration' : 'duration'), description, examples: ['2s'] }
  return { type: 'number', minimum: positive ? 0.01 : 0, maximum: 1000, description, examples: [1.5] }
}

/** A reference to it as the branch of a union: which branch is meant is told by its type. */
export const distributionRef: JsonSchema = { type: 'object', $ref: '#/$defs/distribution' }
