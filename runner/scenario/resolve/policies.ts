import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { findPolicy } from '../../../engine/policies/index.ts'
import { withDefaults } from '../../../engine/schema.ts'
import { FabricdtError } from '../../errors.ts'
import { optionProblems } from '../../own-policies/option-problems.ts'
import { isOwnPolicy, type OwnPolicy, ownPolicy } from '../../own-policies/own-policy.ts'
import { pointer } from '../check-schema.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { ScenarioPolicy } from '../scenario.ts'
import type { PolicyView } from '../view.ts'

/** Policies by their proper names, with all options. */
export const resolvePolicies = (context: Context): (ScenarioPolicy | undefined)[] =>
  (context.view.policies ?? []).map((view, i) => {
    if (view === undefined) return undefined
    const file = fileOf(view)
    return file === undefined ? resolvePolicy(view) : resolveOwn(context, view, file, ['spec', 'policies', i])
  })

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

/** One of the user's own: loaded, and made once to see whether it can be. */
function resolveOwn(context: Context, view: PolicyView, written: string, path: Path): ScenarioPolicy | undefined {
  const { label = undefined, options = {} } = typeof view === 'string' ? {} : view
  const fileAt = typeof view === 'string' ? path : [...path, 'file']
  const file = pathOf(context, written, fileAt)
  context.uses(file, 'policy')
  try {
    const own = ownPolicy(file)
    if (!areOptionsRight(context, own, options, [...path, 'options'])) return undefined
    const { entry, hash } = own
    const policy = { name: entry.name, options: withDefaults(options, entry.options), own: { file, hash } }
    entry.create(policy.options)
    return { label: label ?? entry.name, ...policy }
  } catch (error) {
    if (!(error instanceof FabricdtError)) throw error
    context.problems.add(error.code, fileAt, error.message, { hint: error.hint })
    return undefined
  }
}

/** What was written on the command line and is nowhere is missing there, not beside the scenario. */
function pathOf(context: Context, written: string, path: Path): string {
  const file = context.resolveFile(written, path)
  return context.document.isGrafted(path) && !existsSync(file) ? resolve(written) : file
}

function areOptionsRight(context: Context, { entry, file }: OwnPolicy, options: object, path: Path): boolean {
  try {
    const problems = optionProblems(entry, options, pointer(path))
    for (const { code, path: at, message, hint, key } of problems)
      context.problems.add(code, at, message, { hint, key })
    return problems.length === 0
  } catch (cause) {
    const message = `${basename(file)} has \`options\` that are no JSON Schema: ${(cause as Error).message}`
    throw new FabricdtError('bad-policy', message, { cause })
  }
}

const fileOf = (view: PolicyView): string | undefined => {
  if (typeof view === 'string') return isOwnPolicy(view) ? view : undefined
  return view.file
}

/** Names of policies in an entry of the list, or `file`: one, if it is right. */
export const policyNames = (view: PolicyView): string[] =>
  typeof view === 'string' ? [view] : Object.keys(view).filter(key => key !== 'label' && key !== 'options')
