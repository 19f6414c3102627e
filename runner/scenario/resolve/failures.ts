import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Draft, Maybe } from '../draft.ts'
import type { ScenarioFailure } from '../scenario.ts'
import type { FailureView } from '../view.ts'

export const targetKinds = ['zone', 'cluster', 'pool', 'node'] as const

/** Failures at their times; null for those that come at random. */
export const resolveFailures = (context: Context): Draft['failures'] =>
  (context.view.failures ?? []).map((view, i) => {
    const path: Path = ['spec', 'failures', i]
    if (view === undefined) return undefined
    return isRandom(context, path) ? null : resolveFailure(view, path, context)
  })

/** Whether an entry is about failures at random, right or wrong. */
export const isRandom = (context: Context, path: Path): boolean =>
  context.says([...path, 'mtbf']) && !context.says([...path, 'at'])

function resolveFailure(view: FailureView, path: Path, context: Context): Maybe<ScenarioFailure> {
  const forS = context.read('positiveDuration', view.for, [...path, 'for'])
  const kind = targetKinds.find(candidate => view.blackout?.[candidate] !== undefined)
  const name = kind === undefined ? undefined : view.blackout?.[kind]
  return {
    label: kind === undefined || name === undefined ? undefined : `${kind} ${name}`,
    atS: context.read('duration', view.at, [...path, 'at']),
    forS: context.orDefault(forS, [...path, 'for'], null),
    target: kind === undefined || name === undefined ? undefined : { kind, name },
  }
}
