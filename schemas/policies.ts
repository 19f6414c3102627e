/** spec.policies, from the table of policies. */
import { policies as table } from '../engine/policies/index.ts'
import { switchOff as switching } from '../engine/policies/wrappers/switching.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { completeOption, optionsOf } from './options.ts'

const names = table.flatMap(entry => [entry.name, ...(entry.aliases ?? [])])

/** What all policies have stands once. */
export const switchOff: JsonSchema = { title: 'Switching off', ...completeOption(switching) }

const entries = Object.fromEntries(
  table.flatMap(entry =>
    [entry.name, ...(entry.aliases ?? [])].map((name): [string, JsonSchema] => [
      name,
      {
        ...mapping({
          ...optionsOf(entry.options),
          switchOff: {
            $ref: '#/$defs/switchOff',
            description: 'Whether idle nodes are switched off. Absent: nodes stay on.',
            examples: [{}],
          },
        }),
        description: `${entry.summary} Absent: another policy.`,
        examples: [defaultsOf(entry.options)],
      },
    ]),
  ),
)

function defaultsOf(options: Readonly<Record<string, { default?: unknown }>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** A policy of the user's own: a file of JavaScript, or of TypeScript where Node reads that. */
const file: JsonSchema = { type: 'string', pattern: '^.+\\.[cm]?[jt]s$' }

const policy: JsonSchema = {
  title: 'Policy',
  description:
    "A policy by name, or its name with options and perhaps a label; or a file with one of the user's own, relative to this file.",
  examples: [names[0], { resilient: { shadows: 1 }, label: 'one shadow' }, './mine.js'],
  anyOf: [
    { type: 'string', enum: names },
    file,
    mapping({
      ...entries,
      file: {
        ...file,
        description: "File with a policy of the user's own, relative to this file. Absent: one by name.",
        examples: ['./mine.js'],
      },
      options: {
        type: 'object',
        description: 'Options of the policy in `file`, as it declares them. Absent: its defaults.',
        examples: [{ reserve: 0.1 }],
      },
      label: {
        type: 'string',
        pattern: '^[^\\s,](.{0,58}[^\\s,])?$',
        description: 'What reports call it; unique. Absent: the name of the policy.',
        examples: ['one shadow'],
      },
    }),
  ],
}

export const policies: JsonSchema = {
  type: 'array',
  minItems: 1,
  items: policy,
  description: `Policies to compare: ${table.map(entry => `${entry.name}: ${entry.summary}`).join(' ')}`,
  examples: [['greedy-latency', { resilient: { shadows: 1 } }]],
}
