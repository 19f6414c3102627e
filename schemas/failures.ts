/** spec.failures: what fails when, and what fails at random. */
import { distributionRef } from './distributions.ts'
import { exactlyOne, type JsonSchema, mapping } from './json-schema.ts'
import { label, place, quantities, ref } from './scalars.ts'

const targets = {
  zone: { ...place, description: 'All clusters of a zone. Absent: another target.', examples: ['eu-1'] },
  cluster: { ...label, description: 'A cluster. Absent: another target.', examples: ['lab'] },
  pool: { ...label, description: 'All clusters of a pool. Absent: another target.', examples: ['gaming'] },
} as const satisfies Record<string, JsonSchema>

const scheduled: Readonly<Record<string, JsonSchema>> = {
  at: { ...ref('duration'), description: 'When it fails. Absent: at random, see `mtbf`.', examples: ['30m'] },
  for: {
    ...ref('positiveDuration'),
    description: 'How long, of a failure with `at`. Absent: for good.',
    examples: ['10m'],
  },
  blackout: {
    description:
      'What loses power, of a failure with `at`: exactly one of zone, cluster, pool, node. Absent: see `of`.',
    examples: [{ zone: 'eu-1' }, { node: 'lab-node-01' }],
    ...mapping({
      ...targets,
      node: { ...label, description: 'A node. Absent: another target.', examples: ['lab-node-01'] },
    }),
    ...exactlyOne('zone', 'cluster', 'pool', 'node'),
  },
}

const meanTime = (description: string, examples: readonly unknown[]): JsonSchema => ({
  anyOf: [quantities.positiveDuration, distributionRef],
  description,
  examples,
})

const random: Readonly<Record<string, JsonSchema>> = {
  mtbf: meanTime(
    'Time between failures: how long each member is up, a mean (exponential) or a distribution. Absent: see `at`.',
    ['6h', { weibull: { scale: '8h', shape: 0.7 } }],
  ),
  mttr: meanTime('Time to repair: how long it is down, a mean (exponential) or a distribution. Absent: see `for`.', [
    '15m',
    { lognormal: { mean: '15m', cv: 1 } },
  ]),
  of: {
    type: 'string',
    enum: ['nodes', 'clusters', 'zones'],
    description: 'Who fails by itself: each node, each cluster as a whole, or each zone as a whole.',
    default: 'nodes',
    examples: ['zones'],
  },
  in: {
    description: 'Only what lies in this pool, cluster or zone. Absent: everything.',
    examples: [{ pool: 'gaming' }],
    ...mapping(targets),
    ...exactlyOne('pool', 'cluster', 'zone'),
  },
  weightedBy: {
    type: 'string',
    enum: ['resiliency'],
    description:
      'Members with less resiliency r fail more often, in proportion to 1 − r, with the same rate on the whole. Absent: all alike.',
    examples: ['resiliency'],
  },
}

const failure: JsonSchema = {
  title: 'Failure',
  description:
    'Something that goes dark: with `at` at a time, for a while or for good; with `mtbf` at random and again and again.',
  examples: [
    { at: '30m', for: '10m', blackout: { zone: 'eu-1' } },
    { mtbf: '6h', mttr: '15m', of: 'nodes', weightedBy: 'resiliency' },
  ],
  ...mapping({ ...scheduled, ...random }),
  ...exactlyOne('at', 'mtbf'),
  allOf: [
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { required: ['at'] }, then: { required: ['blackout'] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { required: ['mtbf'] }, then: { required: ['mttr'] } },
  ],
}

export const failures: JsonSchema = {
  type: 'array',
  items: failure,
  description: 'What fails when.',
  default: [],
  examples: [failure.examples],
}
