/** Carbon intensity of electricity: of a cluster, or of a region. */
import { type JsonSchema, mapping } from './json-schema.ts'

/** Price of electricity, in the same two ways. */
export const price: JsonSchema = {
  title: 'Price',
  description:
    'What a kWh of its electricity costs, all prices of a scenario in one currency: a number, or a file of its course.',
  examples: [0.25, { trace: 'be.csv.gz' }],
  anyOf: [
    { type: 'number', minimum: -1000, maximum: 1000 },
    mapping(
      {
        trace: {
          type: 'string',
          description:
            'CSV with a column `timestamp` (ISO, ascending; UTC where it names no zone) and one of prices a kWh (below 0 too), each in force until the next; may end in .gz. Relative to the scenario. It must be in force at spec.start.',
          examples: ['be.csv.gz'],
        },
        column: { type: 'string', description: 'Column of the price.', default: 'price', examples: ['price'] },
      },
      ['trace'],
    ),
  ],
}

export const carbon: JsonSchema = {
  title: 'Carbon',
  description: 'Carbon intensity of its electricity in gCO2e/kWh: a number, or a file of its course.',
  examples: [380, { trace: 'nl.csv.gz' }],
  anyOf: [
    { type: 'number', minimum: 0, maximum: 10_000 },
    mapping(
      {
        trace: {
          type: 'string',
          description:
            'CSV with a column `timestamp` (ISO, ascending; UTC where it names no zone) and one of gCO2e/kWh, each in force until the next; may end in .gz. Relative to the scenario. It must be in force at spec.start.',
          examples: ['nl.csv.gz'],
        },
        column: {
          type: 'string',
          description: 'Column of the intensity.',
          default: 'carbon_intensity',
          examples: ['carbon_intensity'],
        },
      },
      ['trace'],
    ),
  ],
}
