import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Draft, Maybe } from '../draft.ts'
import type { ScenarioMembers, ScenarioTrigger } from '../scenario.ts'
import type { FailureView } from '../view.ts'
import { resolveCondition } from './conditions.ts'
import { effectLabel, resolveEffect } from './effects.ts'
import { forOf, resolveThose } from './failures.ts'
import { membersLabel, resolveMembers } from './members.ts'

/** Failures upon a condition; null for others. */
export const resolveTriggers = (context: Context): Draft['triggers'] => resolveThose(context, 'when', resolveTrigger)

export const memberFields = ['of', 'in', 'weightedBy', 'count'] as const

/** Whether a trigger draws members instead of naming what it hits. */
export const drawsMembers = (context: Context, path: Path): boolean =>
  memberFields.some(field => context.says([...path, field]))

function resolveTrigger(view: FailureView, path: Path, context: Context): Maybe<ScenarioTrigger> {
  const rearmS = context.read('duration', view.rearm, [...path, 'rearm'])
  return {
    ...whatOf(view, path, context),
    when: resolveCondition(view.when, [...path, 'when'], context),
    forS: forOf(view, path, context),
    rearmS: context.orDefault(rearmS, [...path, 'rearm'], null),
  }
}

function whatOf(
  view: FailureView,
  path: Path,
  context: Context,
): Pick<Maybe<ScenarioTrigger>, 'label' | 'effect' | 'members'> {
  if (!drawsMembers(context, path)) {
    const effect = resolveEffect(view, path, context)
    return { label: effect && effectLabel(view, effect), effect, members: null }
  }
  const members = {
    ...resolveMembers(view, path, context),
    count: context.orDefault(view.count, [...path, 'count'], 1),
  }
  if (Object.values(members).includes(undefined as never)) return { label: undefined, effect: null, members: undefined }
  return {
    label: membersLabel(members, members.count),
    effect: null,
    members: members as ScenarioMembers & { count: number },
  }
}
