/** Conditions on what can be observed while a run goes on. */
import { comparators, metrics } from '../engine/metrics.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { ref } from './scalars.ts'

const observable = metrics.filter(metric => metric.observe !== undefined)
const ofClusters = observable.filter(metric => metric.perCluster === true).map(metric => metric.name)

export const condition: JsonSchema = {
  description:
    'What must hold: `metric > value for time`, `metric(cluster) > value for time`, or its parts. Absent: see `at` and `mtbf`.',
  examples: ['utilisation(datacenter) > 0.9 for 2m', { metric: 'queueLength', op: '>', value: 100, for: '30s' }],
  anyOf: [
    { type: 'string' },
    mapping(
      {
        metric: {
          type: 'string',
          description: `What is observed at this instant: one of ${observable.map(metric => metric.name).join(', ')}.`,
          examples: ['utilisation'],
        },
        of: {
          ...ref('label'),
          description: `Cluster, for ${ofClusters.join(' and ')}. Absent: the whole fabric.`,
          examples: ['datacenter'],
        },
        op: { type: 'string', enum: [...comparators], description: 'Comparison.', examples: ['>'] },
        value: {
          type: ['string', 'number'],
          description: 'Limit: a number, or a percentage of what is a share.',
          examples: [0.9, '90%'],
        },
        for: { ...ref('duration'), description: 'How long it must hold.', default: '0s', examples: ['2m'] },
      },
      ['metric', 'op', 'value'],
    ),
  ],
}
