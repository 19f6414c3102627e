/** spec.workloads: who submits what, and when. */
import { formats } from '../runner/formats/index.ts'
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

const arrivals: JsonSchema = {
  title: 'Arrivals',
  description: 'Random arrivals. Absent: `trace` says them.',
  examples: [{ process: 'poisson', rate: '5/s' }],
  ...mapping(
    {
      process: {
        type: 'string',
        enum: ['poisson'],
        description: 'Kind of process.',
        default: 'poisson',
        examples: ['poisson'],
      },
      rate: { ...ref('rate'), description: 'Mean number of jobs in a time.', examples: ['5/s', '30/min', '2k/h'] },
      from: { ...ref('duration'), description: 'Nothing arrives earlier.', default: '0s', examples: ['10m'] },
      until: {
        ...ref('positiveDuration'),
        description: 'Nothing arrives from then on. Absent: until the horizon.',
        examples: ['1h'],
      },
      maxJobs: {
        type: 'integer',
        minimum: 1,
        maximum: 4_294_967_295,
        description: 'No more jobs than this. Absent: no limit.',
        examples: [1000],
      },
    },
    ['rate'],
  ),
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
    { name: { ...ref('label'), description: 'Unique name.', examples: ['camera'] }, origin, arrivals, trace, job },
    ['name', 'origin'],
  ),
  ...exactlyOne('arrivals', 'trace'),
}

export const workloads: JsonSchema = {
  type: 'array',
  minItems: 1,
  items: workload,
  description: 'Streams of jobs.',
  examples: [workload.examples],
}
