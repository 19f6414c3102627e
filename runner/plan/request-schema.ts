/** The form of a request to plan, as JSON Schema 2020-12: validates requests and stands in the OpenAPI document. */
import { architectures } from '../../engine/architectures.ts'
import { distributions } from '../../engine/distributions.ts'
import { policies } from '../../engine/policies/index.ts'
import { type JsonSchema, mapping } from '../../schemas/json-schema.ts'
import { label } from '../../schemas/scalars.ts'

/** A year: longer work is a mistake of units. */
const mostMs = 366 * 86_400_000
const time = (description: string): JsonSchema => ({ type: 'number', minimum: 0, maximum: mostMs, description })
const megabytes = (description: string): JsonSchema => ({ type: 'number', minimum: 0, maximum: 1e9, description })

const distribution: JsonSchema = {
  ...mapping(
    Object.fromEntries(
      distributions.map(({ name, summary, parameters }) => [
        name,
        {
          description: summary,
          ...mapping(
            Object.fromEntries(
              parameters.map(({ name: parameter, kind, positive, description }) => [
                parameter,
                kind === 'time'
                  ? { ...time(`${description} Milliseconds.`), ...(positive ? { minimum: 0.001 } : {}) }
                  : { type: 'number', minimum: positive ? 0.01 : 0, maximum: 1000, description },
              ]),
            ),
            parameters.map(parameter => parameter.name),
          ),
        },
      ]),
    ),
  ),
  minProperties: 1,
  maxProperties: 1,
}

const compute: JsonSchema = {
  description: 'What each task asks of its node, and how long it works.',
  ...mapping(
    {
      cpu: { type: 'number', minimum: 0, maximum: 100_000, description: 'Cores; thousandths count.', examples: [2] },
      mem_gb: { type: 'number', minimum: 0, maximum: 1e6, description: 'Memory; 1 is 2^30 bytes.', examples: [1] },
      gpu: { type: 'number', minimum: 0, maximum: 1024, description: 'Whole GPUs, or a part of one.', examples: [1] },
      duration_ms: {
        description: 'Work at speed 1, milliseconds: a number, or a distribution.',
        examples: [2000, { lognormal: { mean: 2000, cv: 0.5 } }],
        anyOf: [{ type: 'number', minimum: 0, maximum: mostMs }, distribution],
      },
    },
    ['cpu', 'duration_ms'],
  ),
}

const constraints: JsonSchema = {
  description: 'What it is built for.',
  ...mapping({
    arch: {
      type: 'array',
      maxItems: architectures.length,
      items: { type: 'string', enum: architectures },
      description: 'Architectures that will do; any where it is absent or empty.',
    },
    formats: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { type: 'string', enum: ['native', 'wasm'] },
      description: 'As native code, as wasm, or both; native where it is absent.',
    },
  }),
}

const stage: JsonSchema = mapping(
  {
    id: { ...label, description: 'Unique within the job.', examples: ['s1'] },
    after: {
      type: 'array',
      maxItems: 64,
      items: label,
      description: 'Stages that must complete first.',
    },
    tasks: {
      type: 'integer',
      minimum: 1,
      maximum: 100_000,
      description: 'Tasks that start together in one cluster; 1 where it is absent.',
    },
    compute,
    constraints,
    input_mb: megabytes('What it needs before it begins: of its origin, or of its predecessors. 10^6 bytes.'),
    output_mb: megabytes('What it puts out. 10^6 bytes.'),
    failure_probability: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Probability that an attempt dies of its own fault.',
    },
  },
  ['id', 'compute'],
)

const job: JsonSchema = mapping(
  {
    metadata: mapping(
      {
        name: { ...label, description: 'What it is called; its luck follows from it.', examples: ['test-job'] },
        deadline_ms: time('From submission to the answer being back at the origin.'),
        origin: {
          description: 'Where its user is; the first cluster by name where it is absent.',
          ...mapping({ cluster: { type: 'string' }, node: { type: 'string' } }, ['cluster']),
        },
        retries: { type: 'integer', minimum: 0, maximum: 100, description: 'Of a stage that dies of its own fault.' },
      },
      ['name'],
    ),
    spec: mapping({ stages: { type: 'array', minItems: 1, maxItems: 64, items: stage } }, ['stages']),
  },
  ['metadata', 'spec'],
)

export const planRequestSchema: JsonSchema = {
  title: 'PlanRequest',
  ...mapping(
    {
      job,
      strategy: {
        type: 'string',
        description: `A policy: ${policies.map(({ name }) => name).join(', ')}. greedy-latency where it is absent.`,
        examples: ['greedy'],
      },
      options: { type: 'object', description: 'Options of the strategy: see GET /strategies.' },
      hold: {
        type: 'boolean',
        default: true,
        description: 'Whether its nodes stay reserved until the job should be over or the plan is deleted.',
      },
    },
    ['job'],
  ),
}
