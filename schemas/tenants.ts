/** spec.tenants: what those have that workloads belong to. */
import { type JsonSchema, mapping } from './json-schema.ts'
import { ref } from './scalars.ts'

const quota: JsonSchema = {
  title: 'Quota',
  description:
    'The most that its stages which wait in the queue or are placed may request together, as a ResourceQuota has it; others wait outside the queue. Absent: none.',
  examples: [{ cpu: 16, memory: '64Gi', gpu: 2 }],
  ...mapping({
    cpu: { ...ref('cpu'), description: 'Cores. Absent: no limit.', examples: [16] },
    memory: { ...ref('memory'), description: 'Memory. Absent: no limit.', examples: ['64Gi'] },
    gpu: {
      type: 'number',
      minimum: 0,
      maximum: 1_000_000,
      description: 'GPUs. Absent: no limit.',
      examples: [2],
    },
  }),
}

const tenant: JsonSchema = {
  title: 'Tenant',
  description: 'One of those that workloads belong to.',
  examples: [{ weight: 2, quota: { cpu: 16 } }],
  ...mapping({
    weight: {
      type: 'number',
      minimum: 0.001,
      maximum: 1_000_000,
      description: 'Of what `fair-share` divides it has so many parts.',
      default: 1,
      examples: [2],
    },
    quota,
  }),
}

export const tenants: JsonSchema = {
  title: 'Tenants',
  description:
    'Weights and quotas of tenants, by name. A workload that names none is a tenant of its own, by its name.',
  type: 'object',
  propertyNames: ref('label'),
  additionalProperties: tenant,
  default: {},
  examples: [{ analytics: { weight: 2, quota: { cpu: 16, memory: '64Gi' } } }],
}
