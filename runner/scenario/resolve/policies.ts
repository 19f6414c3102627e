import { findPolicy } from '../../../engine/policies/index.ts'
import { withDefaults } from '../../../engine/schema.ts'
import type { Context } from '../context.ts'
import type { ScenarioPolicy } from '../scenario.ts'
import type { PolicyView } from '../view.ts'

/** Policies by their proper names, with all options. */
export const resolvePolicies = (context: Context): (ScenarioPolicy | undefined)[] =>
  (context.view.policies ?? []).map(view => (view === undefined ? undefined : resolvePolicy(view)))

function resolvePolicy(view: PolicyView): ScenarioPolicy | undefined {
  const [written] = policyNames(view)
  const entry = written === undefined ? undefined : findPolicy(written)
  if (entry === undefined) return undefined
  const given =
    typeof view === 'string'
      ? {}
      : ((view as Readonly<Record<string, unknown>>)[written] as Readonly<Record<string, unknown>>)
  const label = typeof view === 'string' ? undefined : view.label
  return { label: label ?? entry.name, name: entry.name, options: withDefaults(given ?? {}, entry.options) }
}

/** Names of policies in an entry of the list: one, if it is right. */
export const policyNames = (view: PolicyView): string[] =>
  typeof view === 'string' ? [view] : Object.keys(view).filter(key => key !== 'label')
