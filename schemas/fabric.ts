/** spec.fabric: pools, clusters and the network between them. */
import { architectures } from '../engine/architectures.ts'
import { powerModels } from '../engine/power/index.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { label, quantities, ref } from './scalars.ts'

/** Shared by pools and clusters. */
export const power: JsonSchema = {
  title: 'Power',
  description: 'Watts of one node.',
  examples: [{ idle: '50W', busy: '140W' }],
  ...mapping({
    model: {
      type: 'string',
      enum: powerModels.map(model => model.name),
      description: `Form of the curve between idle and busy: ${powerModels.map(model => `${model.name} = ${model.summary}`).join(' ')}`,
      default: 'linear',
      examples: ['linear'],
    },
    off: { ...ref('watts'), description: 'Watts while switched off.', default: 0, examples: ['5W'] },
    failed: { ...ref('watts'), description: 'Watts while failed.', default: 0, examples: ['0W'] },
    idle: {
      ...ref('watts'),
      description: 'Watts while up with no core in use. Absent: as the pool that it extends says.',
      examples: ['50W', 77.4],
    },
    busy: {
      ...ref('watts'),
      description: 'Watts with all cores in use. Absent: as the pool that it extends says.',
      examples: ['140W', '1.2kW'],
    },
  }),
}

/** What a node is; a pool says it, a cluster may override it. */
const nodeFields = (otherwise: string): Readonly<Record<string, JsonSchema>> => ({
  cpu: { ...ref('positiveCpu'), description: `Cores of a node. Absent: ${otherwise}`, examples: [16, '3500m'] },
  memory: {
    ...ref('positiveMemory'),
    description: `Memory of a node. Absent: ${otherwise}`,
    examples: ['64Gi', '512Mi'],
  },
  gpu: { type: 'integer', minimum: 0, maximum: 1024, description: 'Whole GPUs of a node.', default: 0, examples: [1] },
  arch: {
    type: 'string',
    enum: [...architectures],
    description: 'CPU architecture, as in the label kubernetes.io/arch.',
    default: 'amd64',
    examples: ['arm64'],
  },
  speed: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1000,
    description: 'Work done per second, relative to the machine on which durations are stated.',
    default: 1,
    examples: [0.31, 1.2],
  },
  startup: {
    ...ref('duration'),
    description: 'From the arrival of a placement at the node until its work begins: scheduling, pull, start.',
    default: '0s',
    examples: ['2s'],
  },
  detection: {
    ...ref('duration'),
    description: 'From a failure until the control plane believes it; until then work may still be placed there.',
    default: '40s',
    examples: ['10s'],
  },
  pue: {
    type: 'number',
    minimum: 1,
    maximum: 10,
    description: 'Power usage effectiveness: facility watts per watt of the nodes.',
    default: 1,
    examples: [1.3],
  },
  resiliency: {
    ...ref('share'),
    description: '0 to 1, where 1 never fails: weighs which nodes random failures hit.',
    default: 1,
    examples: [0.93, '99%'],
  },
  power: {
    $ref: '#/$defs/power',
    description: `Watts of a node. Absent: ${otherwise}`,
    examples: [{ idle: '50W', busy: '140W' }],
  },
})

const pool: JsonSchema = {
  title: 'Pool',
  description:
    'A kind of node. One with the name of a preset overrides that preset; any other extends a pool or says cpu, memory and power itself.',
  examples: [{ extends: 'edge', cpu: 8 }],
  ...mapping({
    extends: {
      ...label,
      description:
        'Pool or preset that gives what is not said here. Absent: the preset of the same name, if there is one.',
      examples: ['edge'],
    },
    ...nodeFields('as the pool that it extends says.'),
  }),
}

const cluster: JsonSchema = {
  title: 'Cluster',
  description: 'A Kubernetes cluster of alike nodes; any field of its pool can be overridden.',
  examples: [{ name: 'edge-microdc', pool: 'edge', zone: 'eu-1', nodes: 12 }],
  ...mapping(
    {
      name: { ...ref('label'), description: 'Unique name.', examples: ['edge-microdc'] },
      pool: {
        ...ref('label'),
        description: 'Pool of the scenario or preset that its nodes are of.',
        examples: ['edge'],
      },
      nodes: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'Number of nodes.', examples: [12] },
      nodePrefix: {
        ...ref('label'),
        description: 'Nodes are called <nodePrefix>-01 and so on. Absent: <name>-node.',
        examples: ['edge-node'],
      },
      zone: {
        ...ref('place'),
        description: 'Failure domain; clusters of one zone share it. Absent: the name.',
        examples: ['eu-1'],
      },
      region: { ...ref('place'), description: 'Place for latencies and carbon. Absent: the zone.', examples: ['NL'] },
      ...nodeFields('as the pool says.'),
    },
    ['name', 'pool', 'nodes'],
  ),
}

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

const network: JsonSchema = {
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

export const fabric: JsonSchema = {
  title: 'Fabric',
  description: 'Clusters, what their nodes are and how far apart they lie.',
  examples: [{ clusters: [{ name: 'datacenter', pool: 'datacenter', nodes: 4 }] }],
  ...mapping(
    {
      pools: {
        type: 'object',
        propertyNames: label,
        additionalProperties: pool,
        description:
          'Kinds of node by name. The presets datacenter, mining, lab, gaming, personal-area and edge need no declaration.',
        default: {},
        examples: [{ gpu: { extends: 'gaming', gpu: 2 } }],
      },
      clusters: {
        type: 'array',
        minItems: 1,
        items: cluster,
        description: 'The clusters.',
        examples: [cluster.examples],
      },
      network,
    },
    ['clusters'],
  ),
}
