/** spec.fabric.network: one-way latencies and bandwidths between clusters. */
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

/** Two ends, both ways or one way. */
export const linkEnds: Readonly<Record<string, JsonSchema>> = {
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
}

const bandwidthUnits =
  'Bits a second (bps, kbps, Mbps, Gbps, Tbps) or bytes a second (B/s, kB/s, MB/s, GB/s), in powers of 1000.'

const link: JsonSchema = {
  title: 'Link',
  description:
    'Latency, bandwidth or both between two clusters (or regions), both ways with `between`, one way with `from` and `to`.',
  examples: [{ between: ['edge-microdc', 'datacenter'], latency: '8ms', bandwidth: '1Gbps' }],
  ...mapping({
    ...linkEnds,
    latency: {
      ...ref('duration'),
      description: 'One-way latency. Absent: as if only `bandwidth` were said.',
      examples: ['8ms'],
    },
    bandwidth: {
      ...ref('bandwidth'),
      description: `Each way, shared equally by what is under way. ${bandwidthUnits} Absent: as if only \`latency\` were said.`,
      examples: ['1Gbps', '100MB/s'],
    },
  }),
}

export const network: JsonSchema = {
  title: 'Network',
  description: 'One-way latencies and bandwidths between clusters.',
  default: {},
  examples: [
    { latency: '20ms', bandwidth: '1Gbps', links: [{ between: ['edge-microdc', 'datacenter'], latency: '8ms' }] },
  ],
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
    bandwidth: {
      ...ref('bandwidth'),
      description: `Of the link each way between different clusters where no link says otherwise. ${bandwidthUnits} Absent: not limited.`,
      examples: ['1Gbps', '100MB/s'],
    },
    links: { type: 'array', items: link, description: 'Exceptions.', default: [], examples: [link.examples] },
  }),
}
