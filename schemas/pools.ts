/** What a node is: pools of spec.fabric, and what clusters override. */
import { architectures } from '../engine/architectures.ts'
import { powerModels } from '../engine/power/index.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { label, ref } from './scalars.ts'

const tabular = powerModels
  .filter(model => model.tabular)
  .map(model => model.name)
  .join(', ')

const switched = (doing: string, time: string, otherwise: string, example: object): JsonSchema => ({
  ...mapping({
    time: { ...ref('duration'), description: `${time} Absent: ${otherwise}.`, examples: ['90s'] },
    watts: { ...ref('watts'), description: `Watts while ${doing}. Absent: those of an idle node.`, examples: ['125W'] },
  }),
  description: `What ${doing} takes, where a policy has \`switchOff\`.`,
  default: {},
  examples: [example],
})

/** Shared by pools and clusters. */
export const power: JsonSchema = {
  title: 'Power',
  description: 'Watts of one node.',
  examples: [
    { idle: '50W', busy: '140W' },
    { model: 'interpolated', watts: [45, 60, 72, 90] },
  ],
  ...mapping({
    model: {
      type: 'string',
      enum: powerModels.map(model => model.name),
      description: `Form of the curve between idle and busy: ${powerModels.map(model => `${model.name} = ${model.summary}`).join(' ')}`,
      default: 'linear',
      examples: ['linear'],
    },
    off: { ...ref('watts'), description: 'Watts while switched off.', default: 0, examples: ['5W'] },
    boot: switched('booting', 'From switching a node on until it can be used.', '2m', { time: '152s', watts: '125W' }),
    shutdown: switched('going off', 'From switching an idle node off until it is.', '10s', {
      time: '6.1s',
      watts: '101W',
    }),
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
    watts: {
      type: 'array',
      minItems: 2,
      maxItems: 1000,
      items: { ...ref('watts'), description: 'Watts at one load.', examples: ['45W', 77.4] },
      description: `Measured watts at equally spaced loads from idle to full, for the model ${tabular}, in the place of idle and busy. Absent: the model needs none, or as the pool that it extends says.`,
      examples: [['45W', '60W', '72W', '90W']],
    },
  }),
}

/** What a node is; a pool says it, a cluster may override it. */
export const nodeFields = (otherwise: string): Readonly<Record<string, JsonSchema>> => ({
  cpu: { ...ref('positiveCpu'), description: `Cores of a node. Absent: ${otherwise}`, examples: [16, '3500m'] },
  overcommit: {
    type: 'number',
    minimum: 1,
    maximum: 100,
    description:
      'Cores that may be requested of a node, over those that it has. Tasks that use more than there is share it, and take longer.',
    default: 1,
    examples: [1.5],
  },
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
  formats: {
    type: 'array',
    minItems: 1,
    items: {
      type: 'string',
      enum: ['native', 'wasm', 'emulated'],
      description: 'A way in which the nodes can run a stage.',
      examples: ['wasm'],
    },
    description:
      'What the nodes can run: native code of their architecture, WebAssembly, code of other architectures emulated. The quickest way that a stage allows is taken.',
    default: ['native', 'wasm'],
    examples: [['native', 'wasm', 'emulated']],
  },
  speed: {
    type: 'number',
    minimum: 0.001,
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
  labels: {
    type: 'object',
    additionalProperties: { type: 'string', description: 'A value.', examples: ['T4'] },
    description:
      'Labels of its nodes, that stages select by; those of a cluster take the place of its pool’s. topology.kubernetes.io/zone and /region, kubernetes.io/arch, fabricdt.io/pool and fabricdt.io/cluster are there anyway.',
    default: {},
    examples: [{ 'gpu-model': 'T4' }],
  },
  taints: {
    type: 'array',
    items: {
      type: 'string',
      pattern: '^[-A-Za-z0-9_./]+(=[-A-Za-z0-9_.]*)?:(NoSchedule|NoExecute)$',
      description: 'key:Effect or key=value:Effect.',
      examples: ['dedicated=gpu:NoSchedule'],
    },
    description:
      'What keeps stages off its nodes that do not tolerate it. Placements obey labels and taints; nodes of real clusters are not given them.',
    default: [],
    examples: [['dedicated=gpu:NoSchedule']],
  },
  power: {
    $ref: '#/$defs/power',
    description: `Watts of a node. Absent: ${otherwise}`,
    examples: [{ idle: '50W', busy: '140W' }],
  },
})

export const pool: JsonSchema = {
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
