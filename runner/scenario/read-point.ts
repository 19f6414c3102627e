/** A document, with the levels of one point in their places, as a Scenario. */
import { checkSchema } from './check-schema.ts'
import { Context } from './context.ts'
import type { ScenarioDocument } from './document.ts'
import type { FileCache } from './file-cache.ts'
import { finish } from './finish.ts'
import { checkHeader } from './header.ts'
import type { Problems } from './problems.ts'
import { refuseNotYet } from './refuse-not-yet.ts'
import { resolve } from './resolve/resolve.ts'
import { checkRules } from './rules/index.ts'
import type { Scenario } from './scenario.ts'
import { type SpecView, type View, without } from './view.ts'

export interface ReadPoint {
  scenario: Scenario
  context: Context
}

/** Reports all that is wrong; undefined where anything is. */
export function readPoint(
  document: ScenarioDocument,
  problems: Problems,
  folder: string,
  files: FileCache,
): ReadPoint | undefined {
  // A level may have taken away the anchor of an alias.
  for (const problem of document.problems) problems.put(problem)
  if (problems.has('yaml-syntax')) return undefined
  const raw = document.value()
  if (!checkHeader(raw, problems)) return undefined
  const view = rightPart(raw, problems)
  const context = new Context(
    document,
    raw,
    (view.spec ?? {}) as SpecView,
    view.metadata ?? {},
    problems,
    folder,
    files,
  )
  const resolved = resolve(context)
  checkRules(context, resolved)
  return problems.hasErrors ? undefined : { scenario: finish(context, resolved.draft), context }
}

/** Checks the form, and takes out what must not be read any further. */
function rightPart(raw: unknown, problems: Problems): View {
  const stripped = refuseNotYet(raw, problems)
  const dropped = checkSchema(without(raw, stripped), stripped, problems)
  return without(raw, [...stripped, ...dropped]) as View
}
