/** What a job is: deadline, retries and its stages. */
import { architectures } from '../engine/architectures.ts'
import { distributionRef } from './distributions.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { neighbours } from './neighbours.ts'
import { quantities, ref } from './scalars.ts'

const stage: JsonSchema = {
  title: 'Stage',
  description:
    'One step of a job: a gang of equal tasks, started together in one cluster. Of a trace: what a task asks where the trace does not say.',
  examples: [{ id: 'decode', cpu: 2, memory: '1Gi', duration: { lognormal: { mean: '2s', cv: 0.5 } } }],
  ...mapping({
    id: {
      ...ref('label'),
      description: 'Name of the stage, unique in the job. Absent: stage-1 and so on, by its place in the list.',
      examples: ['decode'],
    },
    after: {
      type: 'array',
      items: { ...ref('label'), description: 'Id of a stage of the job.', examples: ['decode'] },
      description:
        'Stages that must be complete before this one can be placed; where it is empty, it is ready at once.',
      default: [],
      examples: [['decode', 'fetch']],
    },
    tasks: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description: 'Tasks that start and end together.',
      default: 1,
      examples: [4],
    },
    cpu: { ...ref('cpu'), description: 'Cores that a task requests.', default: 1, examples: [2, '500m'] },
    use: {
      ...ref('cpu'),
      description: 'Cores that a task uses while it runs, where they are free. Absent: what it requests.',
      examples: ['500m'],
    },
    memory: { ...ref('memory'), description: 'Memory of a task.', default: 0, examples: ['1Gi'] },
    gpu: {
      ...ref('gpu'),
      description: 'GPUs of a task: whole ones, or a part of one below 1 with at most three decimals.',
      default: 0,
      examples: [1, 0.25],
    },
    input: {
      ...ref('memory'),
      description:
        'Data that a stage needs where it runs: of a first stage from the origin of the job, of others from where those ran that it comes after, an equal part each. Where it is 0 these send their `output`. It takes time where `spec.fabric.network` says a bandwidth.',
      default: 0,
      examples: ['20MB'],
    },
    output: {
      ...ref('memory'),
      description:
        'Data that it puts out: what the stages after it need that say no `input`, or of a last stage what goes back to the origin of the job.',
      default: 0,
      examples: ['2MB'],
    },
    duration: {
      anyOf: [quantities.duration, distributionRef],
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
      description: 'Architectures that its native code is built for; any where it is empty.',
      default: [],
      examples: [['amd64', 'arm64']],
    },
    formats: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'string',
        enum: ['native', 'wasm'],
        description: 'A way in which it is built.',
        examples: ['wasm'],
      },
      description:
        'How it is built: as native code, as WebAssembly, or both. A node that runs it otherwise than natively takes longer: see spec.modes.',
      default: ['native'],
      examples: [['native', 'wasm']],
    },
    nodeSelector: {
      type: 'object',
      additionalProperties: {
        description: 'The value that the label must have, or values of which one will do.',
        anyOf: [
          { type: 'string', description: 'The value.', examples: ['T4'] },
          {
            type: 'array',
            minItems: 1,
            items: { type: 'string', description: 'A value that will do.', examples: ['T4'] },
            description: 'Values of which one will do.',
            examples: [['T4', 'P100']],
          },
        ],
        examples: ['T4', ['T4', 'P100']],
      },
      description:
        'Labels that a node must have; so data can be kept in zones or regions, too. See `labels` of pools and clusters.',
      default: {},
      examples: [{ 'topology.kubernetes.io/region': ['DE', 'FR'] }],
    },
    tolerations: {
      type: 'array',
      items: {
        type: 'string',
        pattern: '^(\\*|[-A-Za-z0-9_./]+(=[-A-Za-z0-9_.]*)?(:(NoSchedule|NoExecute))?)$',
        description: 'A key, with or without a value, with or without an effect; * is all.',
        examples: ['dedicated=gpu'],
      },
      description: 'Taints of nodes that do not keep it off.',
      default: [],
      examples: [['dedicated=gpu:NoSchedule']],
    },
    ...neighbours,
    checkpoint: {
      title: 'Checkpoint',
      ...mapping(
        {
          every: {
            ...ref('positiveDuration'),
            description: 'Work between two checkpoints, as the duration at speed 1.',
            examples: ['1m'],
          },
          cost: {
            ...ref('duration'),
            description: 'What each takes, at speed 1 as well.',
            default: '0s',
            examples: ['2s'],
          },
          store: {
            type: 'string',
            enum: ['node', 'cluster', 'remote'],
            description:
              'Where it lies, and so who can go on from it: the same node, a node of the same cluster, or any node.',
            default: 'cluster',
            examples: ['remote'],
          },
        },
        ['every'],
      ),
      description: 'What is saved of its work when it is lost or dies. Absent: nothing, it starts anew.',
      examples: [{ every: '1m', cost: '2s', store: 'remote' }],
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
        description: 'From submission; a late job counts as a miss. Absent: none.',
        examples: ['10s'],
      },
      onMiss: {
        type: 'string',
        enum: ['count', 'cancel'],
        description: 'What becomes of a job whose deadline has passed: it runs on, or is cancelled at that instant.',
        default: 'count',
        examples: ['cancel'],
      },
      priority: {
        type: 'integer',
        minimum: -1_000_000,
        maximum: 1_000_000,
        description: 'Jobs of a higher priority are before all others in the queue, whatever the policy.',
        default: 0,
        examples: [10],
      },
      retries: {
        type: 'integer',
        minimum: 0,
        maximum: 1000,
        description: 'How often a stage may be tried again after an attempt died of its own fault.',
        default: 0,
        examples: [2],
      },
      stages: {
        type: 'array',
        minItems: 1,
        items: stage,
        description: 'Its steps, in the order that `after` says; of a trace exactly one.',
        examples: [
          [
            { id: 'decode', cpu: 2, duration: '2s' },
            { id: 'infer', after: ['decode'], gpu: 1, duration: '400ms' },
          ],
        ],
      },
    },
    ['stages'],
  ),
}
