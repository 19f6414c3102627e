/** spec.failures, spec.replications and spec.expect. */
import { metrics } from '../engine/metrics.ts'
import { exactlyOne, type JsonSchema, mapping } from './json-schema.ts'
import { label, place, ref } from './scalars.ts'

const failure: JsonSchema = {
  title: 'Failure',
  description: 'Something that goes dark at a time, for a while or for good.',
  examples: [{ at: '30m', for: '10m', blackout: { zone: 'eu-1' } }],
  ...mapping(
    {
      at: { ...ref('duration'), description: 'When it fails.', examples: ['30m'] },
      for: { ...ref('positiveDuration'), description: 'How long. Absent: for good.', examples: ['10m'] },
      blackout: {
        description: 'What loses power: exactly one of zone, cluster, pool, node.',
        examples: [{ zone: 'eu-1' }, { node: 'lab-node-01' }],
        ...mapping({
          zone: { ...place, description: 'All clusters of a zone. Absent: another target.', examples: ['eu-1'] },
          cluster: { ...label, description: 'A cluster. Absent: another target.', examples: ['lab'] },
          pool: { ...label, description: 'All clusters of a pool. Absent: another target.', examples: ['gaming'] },
          node: { ...label, description: 'A node. Absent: another target.', examples: ['lab-node-01'] },
        }),
        ...exactlyOne('zone', 'cluster', 'pool', 'node'),
      },
    },
    ['at', 'blackout'],
  ),
}

export const failures: JsonSchema = {
  type: 'array',
  items: failure,
  description: 'What fails when.',
  default: [],
  examples: [failure.examples],
}

const count: JsonSchema = { type: 'integer', minimum: 1, maximum: 1_000_000 }

export const replications: JsonSchema = {
  anyOf: [
    count,
    mapping({
      count: { ...count, description: 'Independent repetitions of each policy.', default: 30, examples: [100] },
    }),
  ],
  description: 'Independent repetitions of each policy; the policies meet the same luck.',
  default: 30,
  examples: [100, { count: 100 }],
}

const expectation: JsonSchema = {
  title: 'Expectation',
  description: 'A limit on a metric: `metric < value`, `metric(cluster) < value`, or its parts.',
  examples: ['latency.p95 < 8s', { metric: 'energy', of: 'lab', op: '<', value: '40 kWh', severity: 'warn' }],
  anyOf: [
    { type: 'string' },
    mapping(
      {
        metric: {
          type: 'string',
          description: `One of ${metrics.map(metric => metric.name).join(', ')}.`,
          examples: ['latency.p95'],
        },
        of: {
          ...ref('label'),
          description: 'Cluster, for metrics that clusters have. Absent: the whole fabric.',
          examples: ['lab'],
        },
        op: { type: 'string', enum: ['<', '<=', '>', '>='], description: 'Comparison.', examples: ['<'] },
        value: {
          type: ['string', 'number'],
          description: 'Limit, with the unit of the metric: a duration, an energy, a percentage or a number.',
          examples: ['8s', '1%', '40 kWh', 100],
        },
        policy: {
          type: 'string',
          description: 'Label of the policy that it is about. Absent: every one.',
          examples: ['resilient'],
        },
        severity: {
          type: 'string',
          enum: ['fail', 'warn'],
          description: 'Whether a breach fails the run or only warns.',
          default: 'fail',
          examples: ['warn'],
        },
      },
      ['metric', 'op', 'value'],
    ),
  ],
}

export const expect: JsonSchema = {
  type: 'array',
  items: expectation,
  description: 'What must hold for the run to pass.',
  default: [],
  examples: [['latency.p95 < 8s', 'deadlineMisses < 1%']],
}
