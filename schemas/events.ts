/** spec.replications and spec.expect. */
import { comparators, metrics } from '../engine/metrics.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { ref } from './scalars.ts'

const count: JsonSchema = { type: 'integer', minimum: 1, maximum: 1_000_000 }

export const replications: JsonSchema = {
  anyOf: [
    count,
    mapping({
      count: {
        ...count,
        description: 'How many; with `until` the least. Absent: 30; with `until` one batch.',
        examples: [100],
      },
      until: {
        title: 'Precision',
        ...mapping(
          {
            metric: {
              type: 'string',
              description: `Metric of the whole fabric: one of ${metrics.map(metric => metric.name).join(', ')}.`,
              examples: ['latency.p95'],
            },
            halfWidth: {
              ...ref('positiveShare'),
              description: 'Half of its 95 % interval, as a part of its estimate.',
              examples: ['5%', 0.05],
            },
          },
          ['metric', 'halfWidth'],
        ),
        description: 'Repeat until a metric is this precise for every policy. Absent: `count` is all.',
        examples: [{ metric: 'latency.p95', halfWidth: '5%' }],
      },
      max: { ...count, description: 'With `until`: never more than this.', default: 200, examples: [500] },
      batch: {
        ...count,
        description: 'With `until`: as many at a time before the precision is looked at again.',
        default: 10,
        examples: [20],
      },
    }),
  ],
  description: 'Independent repetitions of each policy; the policies meet the same luck.',
  default: 30,
  examples: [100, { until: { metric: 'latency.p95', halfWidth: '5%' }, max: 200 }],
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
        op: { type: 'string', enum: comparators, description: 'Comparison.', examples: ['<'] },
        value: {
          type: ['string', 'number'],
          description: 'Limit, with the unit of the metric: a duration, an energy, a mass, a percentage or a number.',
          examples: ['8s', '1%', '40 kWh', '5 kg', 100],
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
