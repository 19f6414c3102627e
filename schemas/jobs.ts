/** What a job is: deadline, retries and its stages. */
import { architectures } from '../engine/architectures.ts'
import { distributions } from '../engine/distributions.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
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
  return { type: 'number', minimum: positive ? 0.01 : 0, maximum: 1000, description, examples: [1.5] }
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

export const job: JsonSchema = {
  title: 'Job',
  description: 'What one job is. Absent: with a trace, each task asks for one core and no memory.',
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
