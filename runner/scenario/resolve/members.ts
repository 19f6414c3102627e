/** Who fails where nobody is named. */
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Maybe } from '../draft.ts'
import type { ScenarioCluster, ScenarioMembers } from '../scenario.ts'
import type { FailureView } from '../view.ts'

export const placeKinds = ['pool', 'cluster', 'zone'] as const

export function resolveMembers(view: FailureView, path: Path, context: Context): Maybe<ScenarioMembers> {
  return {
    of: context.orDefault(view.of, [...path, 'of'], 'nodes'),
    within: withinOf(view, [...path, 'in'], context),
    weightedBy: context.orDefault(view.weightedBy, [...path, 'weightedBy'], null),
    slow: context.orDefault(view.slow?.factor, [...path, 'slow'], null),
  }
}

function withinOf(view: FailureView, path: Path, context: Context): ScenarioMembers['within'] | undefined {
  const kind = placeKinds.find(candidate => view.in?.[candidate] !== undefined)
  const name = kind === undefined ? undefined : view.in?.[kind]
  if (kind === undefined || name === undefined) return context.says(path) ? undefined : null
  return { kind, name }
}

/** Whether a cluster lies in a place; everything does in none. */
export const lies = (cluster: ScenarioCluster, within: ScenarioMembers['within']): boolean =>
  within === null ||
  (within.kind === 'pool' ? cluster.pool : within.kind === 'zone' ? cluster.zone : cluster.name) === within.name

/** `random nodes of pool gaming`, `2 random slow nodes × 0.3`: what a person calls them. */
export function membersLabel({ of, within, slow }: Maybe<ScenarioMembers>, count?: number): string | undefined {
  if (of === undefined || within === undefined || slow === undefined) return undefined
  const many = count === undefined ? '' : `${count} `
  const what = count === 1 ? of.slice(0, -1) : of
  const where = within === null ? '' : ` of ${within.kind} ${within.name}`
  return `${many}random ${slow === null ? '' : 'slow '}${what}${where}${slow === null ? '' : ` × ${slow}`}`
}
