/** What stages ask of nodes and of each other, in Kubernetes' words: labels, affinity, anti-affinity, topology spread. */
import { type JsonSchema, mapping } from './json-schema.ts'

const expressions = (of: string, operators: readonly string[], examples: readonly unknown[]): JsonSchema => ({
  type: 'array',
  minItems: 1,
  items: {
    ...mapping(
      {
        key: { type: 'string', pattern: '^[-A-Za-z0-9_./]+$', description: `A label of ${of}.`, examples: ['tier'] },
        operator: { type: 'string', enum: [...operators], description: 'How it is compared.', examples: ['In'] },
        values: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', description: 'A value.', examples: ['gold'] },
          description: 'With In and NotIn, of Gt and Lt one whole number. Absent: with Exists and DoesNotExist.',
          examples: [['gold', 'silver']],
        },
      },
      ['key', 'operator'],
    ),
    description: 'One condition.',
    examples,
  },
  description: 'Conditions that must all hold. Absent: none.',
  examples: [examples],
})

const nodeTerm: JsonSchema = {
  ...mapping(
    {
      matchExpressions: expressions(
        'nodes',
        ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
        [{ key: 'topology.kubernetes.io/region', operator: 'NotIn', values: ['US'] }],
      ),
    },
    ['matchExpressions'],
  ),
  description: 'Conditions on labels of a node; see `labels` of pools and clusters.',
  examples: [{ matchExpressions: [{ key: 'fabricdt.io/pool', operator: 'In', values: ['edge'] }] }],
}

const labelSelector: JsonSchema = {
  ...mapping({
    matchLabels: {
      type: 'object',
      additionalProperties: { type: 'string', description: 'The value of the label.', examples: ['web'] },
      description: 'Labels and their values. Absent: any.',
      examples: [{ app: 'web' }],
    },
    matchExpressions: expressions(
      'stages',
      ['In', 'NotIn', 'Exists', 'DoesNotExist'],
      [{ key: 'app', operator: 'In', values: ['web', 'api'] }],
    ),
  }),
  description:
    'Which stages are meant: those with these labels. Each has fabricdt.io/workload and fabricdt.io/stage besides its own.',
  examples: [{ matchLabels: { app: 'web' } }],
}

const topologyKey: JsonSchema = {
  type: 'string',
  pattern: '^[-A-Za-z0-9_./]+$',
  description:
    'Nodes of one value of this label are one domain: kubernetes.io/hostname, topology.kubernetes.io/zone, topology.kubernetes.io/region, fabricdt.io/cluster, fabricdt.io/pool or a label of pools and clusters.',
  examples: ['topology.kubernetes.io/zone'],
}

const podTerm: JsonSchema = {
  ...mapping({ labelSelector, topologyKey }, ['labelSelector', 'topologyKey']),
  description: 'Stages, and what counts as beside them.',
  examples: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' }],
}

const weight: JsonSchema = {
  type: 'integer',
  minimum: 1,
  maximum: 100,
  description: 'How much it counts.',
  examples: [10],
}

const podAffinity = (what: string): JsonSchema => ({
  ...mapping({
    requiredDuringSchedulingIgnoredDuringExecution: {
      type: 'array',
      items: podTerm,
      description: `Stages that must ${what} in the same domain when it is placed, whatever the policy. Absent: none.`,
      examples: [podTerm.examples],
    },
    preferredDuringSchedulingIgnoredDuringExecution: {
      type: 'array',
      items: {
        ...mapping({ weight, podAffinityTerm: podTerm }, ['weight', 'podAffinityTerm']),
        description: 'A preference; the policy kube-default weighs it.',
        examples: [{ weight: 10, podAffinityTerm: podTerm.examples?.[0] }],
      },
      description: `Stages that should ${what} in the same domain. Absent: none.`,
      examples: [[{ weight: 10, podAffinityTerm: podTerm.examples?.[0] }]],
    },
  }),
  description: `Stages that must or should ${what} in the same domain. Absent: none.`,
  examples: [{ requiredDuringSchedulingIgnoredDuringExecution: podTerm.examples }],
})

const affinity: JsonSchema = {
  title: 'Affinity',
  ...mapping({
    nodeAffinity: {
      ...mapping({
        requiredDuringSchedulingIgnoredDuringExecution: {
          ...mapping(
            {
              nodeSelectorTerms: {
                type: 'array',
                minItems: 1,
                items: nodeTerm,
                description: 'Terms of which one must hold.',
                examples: [nodeTerm.examples],
              },
            },
            ['nodeSelectorTerms'],
          ),
          description: 'What a node must be like. Absent: anything.',
          examples: [{ nodeSelectorTerms: nodeTerm.examples }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: {
          type: 'array',
          items: {
            ...mapping({ weight, preference: nodeTerm }, ['weight', 'preference']),
            description: 'A preference; the policy kube-default weighs it.',
            examples: [{ weight: 10, preference: nodeTerm.examples?.[0] }],
          },
          description: 'What a node should be like. Absent: anything.',
          examples: [[{ weight: 10, preference: nodeTerm.examples?.[0] }]],
        },
      }),
      description: 'Nodes that it must or should run on. Absent: any.',
      examples: [{ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: nodeTerm.examples } }],
    },
    podAffinity: podAffinity('run'),
    podAntiAffinity: podAffinity('not run'),
  }),
  description:
    "What it asks of nodes and of other stages, as a pod's affinity in Kubernetes; domains are those of the whole fabric. Absent: nothing.",
  examples: [{ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: podTerm.examples } }],
}

const spread: JsonSchema = {
  ...mapping(
    {
      maxSkew: {
        type: 'integer',
        minimum: 1,
        maximum: 1_000_000,
        description: 'By so many tasks a domain may be above the emptiest.',
        examples: [1],
      },
      topologyKey,
      whenUnsatisfiable: {
        type: 'string',
        enum: ['DoNotSchedule', 'ScheduleAnyway'],
        description:
          'DoNotSchedule: it waits, whatever the policy. ScheduleAnyway: a preference, which the policy kube-default weighs.',
        default: 'DoNotSchedule',
        examples: ['ScheduleAnyway'],
      },
      labelSelector,
      nodeTaintsPolicy: {
        type: 'string',
        enum: ['Honor', 'Ignore'],
        description:
          'Whether nodes that it does not tolerate, or that are not ready, are left out. Ignore: a zone that is dark counts as the emptiest.',
        default: 'Ignore',
        examples: ['Honor'],
      },
    },
    ['maxSkew', 'topologyKey', 'labelSelector'],
  ),
  description: 'How evenly stages lie over domains.',
  examples: [
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'web' } } },
  ],
}

/** Fields of a stage. */
export const neighbours: Readonly<Record<string, JsonSchema>> = {
  labels: {
    type: 'object',
    additionalProperties: { type: 'string', description: 'The value of the label.', examples: ['web'] },
    description: 'What it goes by in the selectors of stages; its pods have these labels on clusters.',
    default: {},
    examples: [{ app: 'web' }],
  },
  affinity,
  topologySpreadConstraints: {
    type: 'array',
    items: spread,
    description: 'How evenly stages lie over domains, as in Kubernetes; domains are those of the whole fabric.',
    default: [],
    examples: [spread.examples],
  },
}
