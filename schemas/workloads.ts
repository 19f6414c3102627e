/** spec.workloads: who submits what, when, and what a job asks for. */
import { architectures } from '../engine/architectures.ts'
import { distributions } from '../engine/distributions.ts'
import { formats } from '../runner/formats/index.ts'
import { exactlyOne, type JsonSchema, mapping } from './json-schema.ts'
import { optionsOf } from './options.ts'
import { quantities, ref } from './scalars.ts'

const distribution: JsonSchema = {
  ...mapping(
    Object.fromEntries(
      distributions.map(entry => [
        entry.name,
        {
          description: `${entry.summary} Absent: another distribution.`,
          examples: [
            Object.fromEntries(entry.parameters.map(({ name, kind }) => [name, kind === 'time' ? '2s' : 1.5])),
          ],
          ...mapping(
            Object.fromEntries(entry.parameters.map(parameter => [parameter.name, parameterSchema(parameter)])),
            entry.parameters.map(({ name }) => name),
          ),
        },
      ]),
    ),
  ),
  minProperties: 1,
  maxProperties: 1,
}

function parameterSchema({
  kind,
  positive,
  description,
}: (typeof distributions)[number]['parameters'][number]): JsonSchema {
  if (kind === 'time') return { ...ref(positive ? 'positiveDuration' : 'duration'), description, examples: ['2s'] }
  return { type: 'number', ...(positive ? { exclusiveMinimum: 0 } : {}), description, examples: [1.5] }
}

const stage: JsonSchema = {
  title: 'Stage',
  description:
    'A gang of equal tasks, started together in one cluster. Of a trace: what a task asks where the trace does not say.',
  examples: [{ id: 'decode', cpu: 2, memory: '1Gi', duration: { lognormal: { mean: '2s', cv: 0.5 } } }],
  ...mapping({
    id: { ...ref('label'), description: 'Name of the stage.', default: 'main', examples: ['decode'] },
    tasks: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description: 'Tasks that start and end together.',
      default: 1,
      examples: [4],
    },
    cpu: { ...ref('cpu'), description: 'Cores of a task.', default: 1, examples: [2, '500m'] },
    memory: { ...ref('memory'), description: 'Memory of a task.', default: 0, examples: ['1Gi'] },
    gpu: {
      type: 'integer',
      minimum: 0,
      maximum: 1024,
      description: 'Whole GPUs of a task.',
      default: 0,
      examples: [1],
    },
    duration: {
      anyOf: [quantities.duration, distribution],
      description: 'Run time at speed 1: fixed, or a distribution. Absent: a trace says it.',
      examples: ['2s', { lognormal: { mean: '2s', cv: 0.5 } }],
    },
    estimate: {
      ...ref('duration'),
      description: 'What policies are told of the run time. Absent: the mean of the duration, or what the trace says.',
      examples: ['3s'],
    },
    arch: {
      type: 'array',
      items: {
        type: 'string',
        enum: [...architectures],
        description: 'An architecture that will do.',
        examples: ['arm64'],
      },
      description: 'Architectures that will do; any where it is empty.',
      default: [],
      examples: [['amd64', 'arm64']],
    },
    failureProbability: {
      ...ref('share'),
      description: 'Probability that an attempt dies of its own fault, which uses up a retry.',
      default: 0,
      examples: [0.01, '1%'],
    },
  }),
}

const job: JsonSchema = {
  title: 'Job',
  description: 'What one job is. Absent (with a trace only): each task asks for one core and no memory.',
  examples: [{ deadline: '10s', stages: [{ cpu: 2, duration: '2s' }] }],
  ...mapping(
    {
      deadline: {
        ...ref('positiveDuration'),
        description: 'From submission; a late job counts as a miss, and runs on. Absent: none.',
        examples: ['10s'],
      },
      retries: {
        type: 'integer',
        minimum: 0,
        maximum: 1000,
        description: 'How often a faulty attempt may be tried again.',
        default: 0,
        examples: [2],
      },
      stages: {
        type: 'array',
        minItems: 1,
        items: stage,
        description: 'Exactly one stage for now.',
        examples: [stage.examples],
      },
    },
    ['stages'],
  ),
}

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
