import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Draft, Maybe } from '../draft.ts'
import type { ScenarioRandomFailure } from '../scenario.ts'
import type { FailureView } from '../view.ts'
import { resolveDuration } from './durations.ts'
import { isRandom } from './failures.ts'

export const placeKinds = ['pool', 'cluster', 'zone'] as const

/** Failures at random; null for those that come at their times. */
export const resolveRandomFailures = (context: Context): Draft['randomFailures'] =>
  (context.view.failures ?? []).map((view, i) => {
    const path: Path = ['spec', 'failures', i]
    if (view === undefined) return undefined
    return isRandom(context, path) ? resolveFailure(view, path, context) : null
  })

function resolveFailure(view: FailureView, path: Path, context: Context): Maybe<ScenarioRandomFailure> {
  const of = context.orDefault(view.of, [...path, 'of'], 'nodes')
  const within = withinOf(view, [...path, 'in'], context)
  const mean = { read: 'positiveDuration', kind: 'exponential' } as const
  return {
    label: of === undefined || within === undefined ? undefined : labelOf(of, within),
    of,
    within,
    up: resolveDuration(view.mtbf, [...path, 'mtbf'], context, mean) ?? undefined,
    down: resolveDuration(view.mttr, [...path, 'mttr'], context, mean) ?? undefined,
    weightedBy: context.orDefault(view.weightedBy, [...path, 'weightedBy'], null),
  }
}

function withinOf(view: FailureView, path: Path, context: Context): ScenarioRandomFailure['within'] | undefined {
  const kind = placeKinds.find(candidate => view.in?.[candidate] !== undefined)
  const name = kind === undefined ? undefined : view.in?.[kind]
  if (kind === undefined || name === undefined) return context.says(path) ? undefined : null
  return { kind, name }
}

/** `nodes of pool gaming`: what a person calls it. */
const labelOf = (of: string, within: ScenarioRandomFailure['within']): string =>
  within === null ? `random ${of}` : `random ${of} of ${within.kind} ${within.name}`
