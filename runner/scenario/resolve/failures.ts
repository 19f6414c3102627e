import type { Context } from '../context.ts'
import type { ScenarioFailure } from '../scenario.ts'
import type { FailureView } from '../view.ts'

export const resolveFailures = (context: Context): (Partial<ScenarioFailure> | undefined)[] =>
  (context.view.failures ?? []).map((view, i) => (view === undefined ? undefined : resolveFailure(view, i, context)))

export const targetKinds = ['zone', 'cluster', 'pool', 'node'] as const

function resolveFailure(view: FailureView, i: number, context: Context): Partial<ScenarioFailure> {
  const path = ['spec', 'failures', i]
  const atS = context.read('duration', view.at, [...path, 'at'])
  const forS = context.orDefault(context.read('positiveDuration', view.for, [...path, 'for']), [...path, 'for'], null)
  const kind = targetKinds.find(candidate => view.blackout?.[candidate] !== undefined)
  const name = kind === undefined ? undefined : view.blackout?.[kind]
  return {
    ...(atS === undefined ? {} : { atS }),
    ...(forS === undefined ? {} : { forS }),
    ...(kind === undefined || name === undefined ? {} : { target: { kind, name }, label: `${kind} ${name}` }),
  }
}
