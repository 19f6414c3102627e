/** What the command line changes in a scenario: applied to the YAML document, so that everything keeps its place. */
import type { Node } from 'yaml'
import type { Path, ScenarioDocument } from './document.ts'
import { findPath, PathError, putNode, stepsIn } from './node-path.ts'
import type { Problems } from './problems.ts'
import { selectPolicies } from './select-policies.ts'
import { type Argument, argumentOf, levelsOf, nodeOf, Refusal } from './set-argument.ts'

export interface Overrides {
  /**
   * `path=value`, with or without the leading `spec.`; names of list items may stand for their indices. Several values,
   * `path=1,2,3` or `path=range(1, 10)`, are a factor of a sweep.
   */
  sets?: readonly string[]
  seed?: number
  replications?: number
  /** Only these policies, by label or name. */
  policies?: readonly string[]
}

/** A factor that `--set` asks for: its levels, and where to say what is wrong with it. */
export interface AskedFactor {
  steps: readonly string[]
  path: Path
  levels: readonly Node[]
  refuse: (message: string, hint: string) => Refusal
}

export interface Applied {
  factors: AskedFactor[]
  /** Paths that were given one value: they are no factors any more. */
  fixed: Path[]
}

export function applyOverrides(document: ScenarioDocument, overrides: Overrides, problems: Problems): Applied {
  const { sets = [], seed, replications, policies = [] } = overrides
  const applied: Applied = { factors: [], fixed: [] }
  const attempt = (change: () => void) => {
    try {
      change()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.put(error.diagnostic)
    }
  }
  for (const set of sets) attempt(() => applySet(document, set, applied))
  const plain = (field: string, value: number) =>
    attempt(() => {
      const argument = { name: `--${field}`, text: String(value), offset: 0 }
      applied.fixed.push(put(document, ['spec', field], argument))
    })
  if (seed !== undefined) plain('seed', seed)
  if (replications !== undefined) plain('replications', replications)
  if (policies.length > 0) selectPolicies(document, policies, problems)
  return applied
}

function applySet(document: ScenarioDocument, set: string, applied: Applied): void {
  const { path: text, argument } = argumentOf(set)
  const steps = within(argument, () => stepsIn(text))
  const levels = levelsOf(document, argument)
  if (levels === null) {
    applied.fixed.push(put(document, steps, argument))
    return
  }
  const path = within(argument, () => findPath(document, steps))
  const refuse = (message: string, hint: string) => refusal(argument, message, hint)
  applied.factors.push({ steps, path, levels, refuse })
}

/** Puts the value of the argument at the path, whose parent must be there. */
function put(document: ScenarioDocument, steps: readonly string[], argument: Argument): Path {
  const node = nodeOf(document, argument)
  const path = within(argument, () => findPath(document, steps))
  putNode(document, path, node)
  return path
}

function within<T>(argument: Argument, find: () => T): T {
  try {
    return find()
  } catch (error) {
    if (error instanceof PathError) throw refusal(argument, error.message, error.hint)
    throw error
  }
}

/** Against the path of an argument. */
const refusal = (argument: Argument, message: string, hint: string): Refusal =>
  new Refusal(argument, 0, Math.max(1, argument.offset - 1), message, hint)
