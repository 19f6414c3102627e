/** Where the figures of each pool in use come from, for the report's assumptions. */
import type { Context } from '../context.ts'
import { findPreset } from '../presets.ts'
import type { ClusterView, PoolView } from '../view.ts'
import { chainOf } from './pools.ts'

/** A sentence or two by pool. */
export function poolSources(context: Context): Record<string, string> {
  const clusters = (context.view.fabric?.clusters ?? []).filter(cluster => cluster !== undefined)
  const used = [...new Set(clusters.flatMap(({ pool }) => (pool === undefined ? [] : [pool])))].sort()
  return Object.fromEntries(
    used.map(pool => [
      pool,
      [sourceOf(pool, context), ...clusters.filter(cluster => cluster.pool === pool).flatMap(overridesOf)].join(' '),
    ]),
  )
}

function sourceOf(pool: string, { view }: Context): string {
  const { steps } = chainOf(pool, view)
  const said = [...new Set(steps.flatMap(step => (step.kind === 'pool' ? fieldsOf(step.view) : [])))]
  const preset = steps.flatMap(step => (step.kind === 'preset' ? [step.name] : []))[0]
  if (preset === undefined) return 'as the scenario says.'
  const text = `${preset === pool ? '' : `like ${preset}: `}${findPreset(preset)?.source}`
  return said.length === 0 ? text : `${text} The scenario itself says ${said.join(', ')}.`
}

function overridesOf(cluster: ClusterView): string[] {
  const {
    name,
    pool: _pool,
    nodes: _nodes,
    nodePrefix: _prefix,
    zone: _zone,
    region: _region,
    carbon: _carbon,
    price: _price,
    ...node
  } = cluster
  const fields = fieldsOf(node)
  return fields.length === 0 ? [] : [`Cluster ${name} has its own ${fields.join(', ')}.`]
}

/** Names of the fields that a pool says, of power each one. */
const fieldsOf = ({ extends: _extends, power, ...fields }: PoolView): string[] => [
  ...Object.keys(fields),
  ...Object.keys(power ?? {}).map(field => `power.${field}`),
]
