/** spec.failures: what comes at a time, at random or upon a condition, and what it does. */
import { condition } from './conditions.ts'
import { distributionRef } from './distributions.ts'
import { exactlyOne, type JsonSchema, mapping } from './json-schema.ts'
import { linkEnds } from './network.ts'
import { label, place, quantities, ref } from './scalars.ts'

const targets = {
  zone: { ...place, description: 'All clusters of a zone. Absent: another target.', examples: ['eu-1'] },
  cluster: { ...label, description: 'A cluster. Absent: another target.', examples: ['lab'] },
  pool: { ...label, description: 'All clusters of a pool. Absent: another target.', examples: ['gaming'] },
} as const satisfies Record<string, JsonSchema>
const node = { ...label, description: 'A node. Absent: another target.', examples: ['lab-node-01'] }

/** Names of one side of a partition: one, or a list. */
const side = (description: string): JsonSchema => ({
  anyOf: [
    place,
    {
      type: 'array',
      minItems: 1,
      items: { ...place, description: 'Cluster, zone or region.', examples: ['eu-1'] },
    },
  ],
  description,
  examples: ['eu-1', ['lab', 'edge-microdc']],
})

/** What a failure does: exactly one of these, or members that fail. */
const effects: Readonly<Record<string, JsonSchema>> = {
  blackout: {
    description: 'What loses power: exactly one of zone, cluster, pool, node. Absent: another effect.',
    examples: [{ zone: 'eu-1' }, { node: 'lab-node-01' }],
    ...mapping({ ...targets, node }),
    ...exactlyOne('zone', 'cluster', 'pool', 'node'),
  },
  link: {
    description: 'Link that is cut: nothing goes over it, both ways or one way. Absent: another effect.',
    examples: [{ between: ['lab', 'datacenter'] }],
    ...mapping(linkEnds),
  },
  partition: {
    description: 'All links between two sides are cut, both ways. Absent: another effect.',
    examples: [{ from: 'eu-1' }, { from: ['lab', 'edge-microdc'], to: 'datacenter' }],
    ...mapping(
      {
        from: side('One side: clusters, zones or regions.'),
        to: side('The other side. Absent: all other clusters.'),
      },
      ['from'],
    ),
  },
  inflation: {
    description:
      'Latencies between two clusters (or regions) that grow: first by a factor, then by an addition. Absent: another effect.',
    examples: [{ between: ['lab', 'datacenter'], factor: 3, add: '50ms' }],
    ...mapping({
      ...linkEnds,
      factor: {
        type: 'number',
        minimum: 1,
        maximum: 1000,
        description: 'By what latencies are multiplied.',
        default: 1,
        examples: [3],
      },
      add: { ...ref('duration'), description: 'What is added to them, one way.', default: '0s', examples: ['50ms'] },
    }),
  },
  slow: {
    description:
      'What slows down: exactly one of zone, cluster, pool, node; of members that fail (see `of`) only by how much. Absent: another effect.',
    examples: [{ cluster: 'lab', factor: 0.5 }, { factor: 0.3 }],
    ...mapping(
      {
        ...targets,
        node,
        factor: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'What is left of the speed of the nodes.',
          examples: [0.5],
        },
      },
      ['factor'],
    ),
  },
}

const meanTime = (description: string, examples: readonly unknown[]): JsonSchema => ({
  anyOf: [quantities.positiveDuration, distributionRef],
  description,
  examples,
})

/** When it comes: exactly one of `at`, `mtbf` and `when`, with what belongs to it. */
const triggers: Readonly<Record<string, JsonSchema>> = {
  at: { ...ref('duration'), description: 'When it comes. Absent: see `mtbf` and `when`.', examples: ['30m'] },
  for: {
    ...ref('positiveDuration'),
    description: 'How long it lasts, with `at` or `when`. Absent: for good.',
    examples: ['10m'],
  },
  mtbf: meanTime(
    'Time between failures: how long each member is up, a mean (exponential) or a distribution. Absent: see `at` and `when`.',
    ['6h', { weibull: { scale: '8h', shape: 0.7 } }],
  ),
  mttr: meanTime(
    'Time to repair, with `mtbf`: how long it is down, a mean (exponential) or a distribution. Absent: see `for`.',
    ['15m', { lognormal: { mean: '15m', cv: 1 } }],
  ),
  when: condition,
  rearm: {
    ...ref('duration'),
    description:
      'With `when`: so long after the end of the failure the condition is looked at again. Absent: it comes once.',
    examples: ['10m'],
  },
}

/** Who fails where nobody is named: with `mtbf` each by itself, with `when` some that are drawn. */
const members: Readonly<Record<string, JsonSchema>> = {
  of: {
    type: 'string',
    enum: ['nodes', 'clusters', 'zones', 'links'],
    description:
      'Who fails, with `mtbf` each by itself, with `when` as many as `count` says: nodes, clusters or zones as a whole, or links between two clusters, which are cut both ways.',
    default: 'nodes',
    examples: ['zones'],
  },
  in: {
    description: 'Only what lies in this pool, cluster or zone, of links with one end at least. Absent: everything.',
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
  count: {
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
    description: 'With `when`: how many members are drawn each time; all where there are fewer.',
    default: 1,
    examples: [2],
  },
}

const failure: JsonSchema = {
  title: 'Failure',
  description:
    'Something that fails: with `at` at a time, with `mtbf` at random and again and again, with `when` upon a condition.',
  examples: [
    { at: '30m', for: '10m', blackout: { zone: 'eu-1' } },
    { mtbf: '6h', mttr: '15m', of: 'nodes', weightedBy: 'resiliency' },
    { when: 'utilisation(datacenter) > 0.9 for 2m', for: '5m', rearm: '10m', of: 'nodes', count: 2 },
  ],
  ...mapping({ ...triggers, ...effects, ...members }),
  ...exactlyOne('at', 'mtbf', 'when'),
  allOf: [
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
