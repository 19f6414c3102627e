/** spec.workloads: who submits what, and when. */
import { formats } from '../runner/formats/index.ts'
import { generators } from '../runner/generators/index.ts'
import { arrivals } from './arrivals.ts'
import { job } from './jobs.ts'
import { exactlyOne, type JsonSchema, mapping } from './json-schema.ts'
import { optionsOf } from './options.ts'
import { ref } from './scalars.ts'

const origin: JsonSchema = {
  title: 'Origin',
  description: 'Where the users of the workload are.',
  examples: [{ cluster: 'lab' }, { weights: { lab: 0.2, 'edge-microdc': 0.8 } }],
  ...mapping({
    cluster: { ...ref('label'), description: 'All at this cluster. Absent: `weights` says it.', examples: ['lab'] },
    node: {
      ...ref('label'),
      description: 'At this node of the cluster. Absent: anywhere in it.',
      examples: ['lab-node-01'],
    },
    weights: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'number',
        minimum: 0,
        description: 'Relative number of jobs from this cluster.',
        examples: [0.8],
      },
      description: 'Spread over clusters, in proportion. Absent: `cluster` says it.',
      examples: [{ 'edge-microdc': 0.8, lab: 0.2 }],
    },
  }),
  ...exactlyOne('cluster', 'weights'),
}

const trace: JsonSchema = {
  title: 'Trace',
  description: 'Jobs from a file. Absent: `arrivals` says them.',
  examples: [{ format: 'swf', file: 'lublin.swf.gz' }],
  ...mapping(
    {
      format: {
        type: 'string',
        enum: formats.map(format => format.name),
        description: formats.map(format => `${format.name}: ${format.summary}`).join(' '),
        examples: ['swf'],
      },
      file: {
        type: 'string',
        description: 'Path, relative to the scenario; may end in .gz.',
        examples: ['lublin.swf.gz'],
      },
      options: { type: 'object', description: 'Options of the format.', default: {}, examples: [{ limit: 1000 }] },
    },
    ['format', 'file'],
  ),
  allOf: formats.map(format => ({
    if: { properties: { format: { const: format.name } }, required: ['format'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { options: mapping(optionsOf(format.options)) } },
  })),
}

const generator: JsonSchema = {
  title: 'Generator',
  description:
    'Jobs made by a published model of a workload, from the seed of the scenario: the same in all replications. Absent: `arrivals` or `trace` says them.',
  examples: [{ model: 'lublin', options: { jobs: 2000, nodes: 256 } }],
  ...mapping(
    {
      model: {
        type: 'string',
        enum: generators.map(({ name }) => name),
        description: generators.map(({ name, summary }) => `${name}: ${summary}`).join(' '),
        examples: ['lublin'],
      },
      options: { type: 'object', description: 'Options of the model.', default: {}, examples: [{ jobs: 2000 }] },
    },
    ['model'],
  ),
  allOf: generators.map(({ name, options }) => ({
    if: { properties: { model: { const: name } }, required: ['model'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { options: mapping(optionsOf(options)) } },
  })),
}

const workload: JsonSchema = {
  title: 'Workload',
  description: 'A stream of jobs.',
  examples: [
    {
      name: 'camera',
      origin: { cluster: 'lab' },
      arrivals: { rate: '5/s' },
      job: { stages: [{ cpu: 2, duration: '2s' }] },
    },
  ],
  ...mapping(
    {
      name: { ...ref('label'), description: 'Unique name.', examples: ['camera'] },
      origin,
      tenant: {
        ...ref('label'),
        description: 'Whose work it is: see `spec.tenants`. Absent: a tenant of its own, by its name.',
        examples: ['analytics'],
      },
      arrivals,
      trace,
      generator,
      job,
    },
    ['name', 'origin'],
  ),
  ...exactlyOne('arrivals', 'trace', 'generator'),
}

export const workloads: JsonSchema = {
  type: 'array',
  minItems: 1,
  items: workload,
  description: 'Streams of jobs.',
  examples: [workload.examples],
}
