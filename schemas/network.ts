/** spec.fabric.network: one-way latencies between clusters. */
import { type JsonSchema, mapping } from './json-schema.ts'
import { quantities, ref } from './scalars.ts'

const latencyFile: JsonSchema = {
  title: 'LatencyFile',
  ...mapping(
    {
      file: {
        type: 'string',
        description:
          'CSV with columns from, to, latency (milliseconds, or with a unit); names are clusters, or regions where no cluster has the name. Relative to the scenario.',
        examples: ['latency.csv'],
      },
      roundTrip: {
        type: 'boolean',
        description: 'The file holds round trips: half of each is one way.',
        default: false,
        examples: [true],
      },
    },
    ['file'],
  ),
}

const link: JsonSchema = {
  title: 'Link',
  description: 'Latency between two clusters (or regions), both ways with `between`, one way with `from` and `to`.',
  examples: [{ between: ['edge-microdc', 'datacenter'], latency: '8ms' }],
  ...mapping(
    {
      between: {
        type: 'array',
        items: { ...ref('place'), description: 'Cluster or region.', examples: ['datacenter'] },
        minItems: 2,
        maxItems: 2,
        description: 'The two ends. Absent: `from` and `to` say them.',
        examples: [['edge-microdc', 'datacenter']],
      },
      from: {
        ...ref('place'),
        description: 'Begin of a link one way. Absent: `between` says it.',
        examples: ['edge-microdc'],
      },
      to: {
        ...ref('place'),
        description: 'End of a link one way. Absent: `between` says it.',
        examples: ['datacenter'],
      },
      latency: { ...ref('duration'), description: 'One-way latency.', examples: ['8ms'] },
    },
    ['latency'],
  ),
}

export const network: JsonSchema = {
  title: 'Network',
  description: 'One-way latencies between clusters.',
  default: {},
  examples: [{ latency: '20ms', links: [{ between: ['edge-microdc', 'datacenter'], latency: '8ms' }] }],
  ...mapping({
    latency: {
      anyOf: [quantities.duration, latencyFile],
      description: 'Between different clusters where no link says otherwise: one latency, or a file of them.',
      default: '0s',
      examples: ['20ms', { file: 'latency.csv', roundTrip: true }],
    },
    within: {
      ...ref('duration'),
      description: 'Inside a cluster, from its users to its nodes.',
      default: '0s',
      examples: ['1ms'],
    },
    links: { type: 'array', items: link, description: 'Exceptions.', default: [], examples: [link.examples] },
  }),
}
