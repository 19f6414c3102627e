/** What a node is: pools of spec.fabric, and what clusters override. */
import { architectures } from '../engine/architectures.ts'
import { powerModels } from '../engine/power/index.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { label, ref } from './scalars.ts'

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
export const nodeFields = (otherwise: string): Readonly<Record<string, JsonSchema>> => ({
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
