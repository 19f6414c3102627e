import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Draft, Maybe } from '../draft.ts'
import type { ScenarioRandomFailure } from '../scenario.ts'
import type { FailureView } from '../view.ts'
import { resolveDuration } from './durations.ts'
import { resolveThose } from './failures.ts'
import { membersLabel, resolveMembers } from './members.ts'

/** Failures at random; null for others. */
export const resolveRandomFailures = (context: Context): Draft['randomFailures'] =>
  resolveThose(context, 'mtbf', resolveFailure)

function resolveFailure(view: FailureView, path: Path, context: Context): Maybe<ScenarioRandomFailure> {
  const members = resolveMembers(view, path, context)
  const mean = { read: 'positiveDuration', kind: 'exponential' } as const
  return {
    label: membersLabel(members),
    ...members,
    up: resolveDuration(view.mtbf, [...path, 'mtbf'], context, mean) ?? undefined,
    down: resolveDuration(view.mttr, [...path, 'mttr'], context, mean) ?? undefined,
  }
}
