/** spec.sweep: fields that take several values, each combination a point. */
import type { JsonSchema } from './json-schema.ts'
import { quantities } from './scalars.ts'

export const sweep: JsonSchema = {
  title: 'Sweep',
  type: 'object',
  description:
    'Factors and their levels: each path takes each of its values, and every combination is predicted for every policy; the first factor varies slowest. Paths are written as for --set.',
  default: {},
  examples: [{ 'fabric.clusters.edge-microdc.nodes': [6, 12, 24], policies: 'all' }],
  properties: {
    policies: {
      type: 'string',
      enum: ['all'],
      description: 'Which policies run at each point: every one that is listed.',
      default: 'all',
      examples: ['all'],
    },
  },
  additionalProperties: {
    description: 'Levels: a list of values, or `range(first, last, step)` with both ends.',
    examples: [[6, 12, 24], 'range(2, 10, 2)'],
    anyOf: [
      {
        type: 'array',
        minItems: 1,
        items: { description: 'A value of the field.', examples: [6, '400ms'] },
      },
      quantities.range,
    ],
  },
}
