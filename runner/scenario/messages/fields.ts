/** Fields that are missing, unknown, or exclude each other. */
import { nearest, suggest } from '../suggest.ts'
import { type Describe, fieldsOf, isPolicy, nameOf } from './schema-error.ts'

export const unknownField: Describe = (error, path) => {
  const name = String(error.params.additionalProperty)
  return {
    code: isPolicy(path) ? 'unknown-policy' : 'unknown-field',
    message: isPolicy(path) ? `there is no policy “${name}”` : `unknown field “${name}” in ${nameOf(path)}`,
    hint: hintFor(name, fieldsOf(error)),
    path: [...path, name],
    key: true,
  }
}

/** Fields that people look for in another place, and where they are. */
const homes: Readonly<Record<string, string>> = {
  carbon: 'a cluster, or to spec.fabric by region',
  price: 'a cluster, or to spec.fabric by region',
  deadline: 'the job',
  onMiss: 'the job',
  priority: 'the job',
  tenant: 'the workload',
  quota: 'a tenant in spec.tenants',
  retries: 'the job',
  checkpoint: 'a stage of the job',
  after: 'a stage of the job',
  use: 'a stage of the job',
  input: 'a stage of the job',
  output: 'a stage of the job',
  overcommit: 'a pool or cluster',
  bandwidth: 'spec.fabric.network, or one of its links',
  rearm: 'a failure with `when`',
  modes: 'spec',
}

const hintFor = (name: string, fields: readonly string[]): string =>
  nearest(name, fields) === undefined && Object.hasOwn(homes, name)
    ? `It belongs to ${homes[name]}.`
    : suggest(name, fields, 'Remove it; `fabricdt-run schema` prints every field.')

export const missingField: Describe = ({ params }, path) => ({
  code: 'missing-field',
  message: `${nameOf(path)} lacks “${String(params.missingProperty)}”`,
  hint: `Add \`${String(params.missingProperty)}\`.`,
  key: true,
  drop: false,
})

/** Of a list of `required` alternatives none, or more than one, is there. */
export const exactlyOne: Describe = ({ schema, data }, path) => {
  const names = (schema as { required: string[] }[]).map(({ required }) => required[0])
  const given = names.filter(name => Object.hasOwn(data as object, name))
  const quoted = names.map(name => `\`${name}\``)
  const list = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
  const hint = `Give exactly one of ${list}.`
  if (given.length === 0)
    return { code: 'missing-field', message: `${nameOf(path)} needs ${list}`, hint, key: true, drop: false }
  const message = `${given.map(name => `“${name}”`).join(' and ')} exclude each other`
  return { code: 'not-allowed', message, hint, path: [...path, given[1]], key: true }
}

/** A mapping of one entry has none or several. */
export const oneEntry: Describe = (error, path) => {
  const fields = fieldsOf(error)
  const choice = fields.length === 0 ? 'at least one entry' : `exactly one of ${fields.join(', ')}`
  return {
    code: 'not-allowed',
    message: `${nameOf(path)} needs ${choice}`,
    hint: 'Give one of them.',
    drop: error.keyword === 'maxProperties',
  }
}

export const badFieldName: Describe = ({ params }, path) => ({
  code: 'not-allowed',
  message: `“${String(params.propertyName)}” is not a valid name`,
  hint: nameHint,
  path: [...path, String(params.propertyName)],
  key: true,
})

export const nameHint =
  'Names are lower-case letters, digits and dashes, at most 63, beginning and ending with a letter or digit.'
