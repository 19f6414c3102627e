/** What is answered, as JSON Schema 2020-12: for the OpenAPI document and the tests, which hold answers against it. */

import { type JsonSchema, mapping } from '../../schemas/json-schema.ts'
import { planStatuses } from '../plan/plan.ts'

const text = (description: string): JsonSchema => ({ type: 'string', description })
const number = (description: string): JsonSchema => ({ type: 'number', description })
const list = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description })
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const all = (properties: Record<string, JsonSchema>, optional: readonly string[] = []): JsonSchema =>
  mapping(
    properties,
    Object.keys(properties).filter(name => !optional.includes(name)),
  )

export const problemSchema: JsonSchema = {
  title: 'Problem',
  description: 'Problem details (RFC 9457).',
  ...all(
    {
      type: text('Kind of problem: urn:fabricdt:problem:<code>.'),
      title: text('What the status means.'),
      status: { type: 'integer', description: 'HTTP status.' },
      detail: text('What is wrong this time.'),
      instance: text('Path of the request.'),
      hint: text('How to mend it.'),
      errors: list(
        all(
          {
            pointer: text('Offending place in the body: a JSON pointer as fragment.'),
            parameter: text('Offending parameter of the query.'),
            code: text('Kind of problem.'),
            detail: text('What is wrong there.'),
            hint: text('How to mend it.'),
          },
          ['pointer', 'parameter', 'hint'],
        ),
        'Each offending place.',
      ),
    },
    ['instance', 'hint', 'errors'],
  ),
}

const status: JsonSchema = { type: 'string', enum: planStatuses, description: 'Of its job.' }

const quantity: JsonSchema = all({
  estimate: number('Mean over the replications.'),
  low: number('Least of them: 95 of 100 jobs lie between the two.'),
  high: number('Greatest of them.'),
})

const placement: Record<string, JsonSchema> = {
  stage: text('Id of the stage.'),
  attempt: { type: 'integer', description: '0 the first attempt of its stage, then shadows.' },
  cluster: text('Cluster.'),
  zone: text('Failure domain of the cluster.'),
  node: text('First node.'),
  nodes: list(all({ node: text('Node.'), tasks: { type: 'integer' } }), 'All nodes with the tasks on each.'),
  mode: { type: 'string', enum: ['native', 'wasm', 'emulated'], description: 'How it runs there.' },
  placed_ms: number('After submission.'),
  begins_ms: orNull(number('After submission; null where it would not begin.')),
  ends_ms: orNull(number('After submission; null where it would not end by itself.')),
  score: orNull(number('What the strategy minimised, in its own unit.')),
  reasons: list({ type: 'string' }, 'Why there.'),
}

export const planSchema: JsonSchema = {
  title: 'Plan',
  ...all({
    id: text('Plan id.'),
    name: text('Name of the job.'),
    status,
    created_at: text('ISO 8601.'),
    strategy: all({ name: text('Policy.'), options: { type: 'object' } }),
    job: { type: 'object', description: 'The job as it was asked for.' },
    placement: list(all(placement), 'One for each stage, in the order in which they are placed.'),
    shadows: list(all({ ...placement, kind: { type: 'string', enum: ['hot', 'standby'] } }), 'Further attempts.'),
    predicted: all({
      latency_ms: orNull(quantity),
      energy_j: quantity,
      emissions_g: orNull(quantity),
      completes: number('Part of the replications that complete.'),
      deadline_miss: orNull(number('Part of the replications that miss the deadline.')),
      replications: { type: 'integer', description: '1 where nothing is left to luck.' },
    }),
    execution: orNull(
      all({
        started_at: text('ISO 8601.'),
        ended_at: orNull(text('ISO 8601; null while it runs.')),
        latency_ms: orNull(number('Null where it did not complete.')),
        error: orNull(text('Why it did not come to an end.')),
      }),
    ),
    held_until: orNull(text('Until when its nodes stay reserved.')),
    assumptions: list({ type: 'string' }, 'What the figures rest on.'),
  }),
}

export const planPageSchema: JsonSchema = all({
  plans: list(planSchema, 'Latest first.'),
  next: orNull(text('What to ask for as `after` for the next page.')),
})

export const fabricSchema: JsonSchema = {
  title: 'Fabric',
  ...all({
    scenario: text('Scenario that describes it.'),
    source: { type: 'string', enum: ['scenario', 'live'], description: 'Whether clusters are watched.' },
    clusters: list(
      all({
        name: text('Cluster.'),
        zone: text('Failure domain.'),
        region: text('Region.'),
        pool: text('Pool of devices.'),
        arch: text('Architecture.'),
        nodes: { type: 'integer' },
        ready: { type: 'integer', description: 'Ready nodes; what follows is about these.' },
        cpu: number('Cores that may be requested.'),
        cpu_free: number('Of which free.'),
        mem_gb: number('Memory, 2^30 bytes.'),
        mem_gb_free: number('Of which free.'),
        gpu: number('GPUs.'),
        gpu_free: number('Of which free as a whole.'),
      }),
      'By name.',
    ),
    latency_ms: { type: 'object', description: 'One way, from cluster to cluster: latency_ms[from][to].' },
  }),
}

export const strategiesSchema: JsonSchema = all({
  strategies: list(
    all({
      name: text('Policy.'),
      aliases: list({ type: 'string' }, 'Other names.'),
      summary: text('What it does.'),
      options: { type: 'object', description: 'JSON Schema of each option, with its default.' },
    }),
    'Policies of the engine.',
  ),
})

export const healthSchema: JsonSchema = all({ status: text('ok, or what is missing.') })

export const verificationSchema: JsonSchema = {
  title: 'Verification',
  ...all({
    plan: text('Plan id.'),
    status,
    verdict: { type: 'string', enum: ['pass', 'fail', 'inconclusive'] },
    reasons: list({ type: 'string' }, 'Why nothing can be said, or what the verdict rests on.'),
    latency_ms: all({
      predicted: orNull(quantity),
      observed: orNull(number('What was observed.')),
      error: orNull(number('(predicted − observed) / observed.')),
      within: orNull({ type: 'boolean', description: 'Whether the observed one lies in the predicted interval.' }),
    }),
    verification: orNull({
      type: 'object',
      description: 'Quantity by quantity, as in results.json of a verified run.',
    }),
  }),
}
