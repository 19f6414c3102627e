import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Draft, Maybe } from '../draft.ts'
import type { ScenarioFailure } from '../scenario.ts'
import type { FailureView } from '../view.ts'
import { effectLabel, resolveEffect } from './effects.ts'

/** What a failure can come by. */
export const comings = ['at', 'mtbf', 'when'] as const
export type Coming = (typeof comings)[number]

/** By what an entry says that it comes, right or wrong; the first where it says several, which is told. */
export const comingOf = (context: Context, path: Path): Coming =>
  comings.find(coming => context.says([...path, coming])) ?? 'at'

/** Entries that come in one way, by their index; null for the others. */
export const resolveThose = <T>(
  context: Context,
  coming: Coming,
  resolve: (view: FailureView, path: Path, context: Context) => T,
): (T | null | undefined)[] =>
  (context.view.failures ?? []).map((view, i) => {
    const path: Path = ['spec', 'failures', i]
    if (view === undefined) return undefined
    return comingOf(context, path) === coming ? resolve(view, path, context) : null
  })

/** Failures at their times; null for others. */
export const resolveFailures = (context: Context): Draft['failures'] => resolveThose(context, 'at', resolveFailure)

function resolveFailure(view: FailureView, path: Path, context: Context): Maybe<ScenarioFailure> {
  const effect = resolveEffect(view, path, context)
  return {
    label: effect === undefined ? undefined : effectLabel(view, effect),
    atS: context.read('duration', view.at, [...path, 'at']),
    forS: forOf(view, path, context),
    effect,
  }
}

/** How long it lasts. */
export const forOf = (view: FailureView, path: Path, context: Context): number | null | undefined =>
  context.orDefault(context.read('positiveDuration', view.for, [...path, 'for']), [...path, 'for'], null)
