/** The suite that every policy of the table passes, run on one. */
import type { PolicyEntry } from '../../engine/index.ts'
import { checks } from './checks.ts'
import { Trials } from './trials.ts'

export interface Verdict {
  readonly check: string
  /** What is wrong; null: it holds. */
  readonly problem: string | null
}

/** A policy that throws fails the check at hand, and the others are tried all the same. */
export function* conformance(entry: PolicyEntry): Generator<Verdict> {
  const trials = new Trials(entry)
  for (const { name, run } of checks) {
    let problem: string | null
    try {
      problem = run(trials)
    } catch (error) {
      problem = (error as Error).message
    }
    yield { check: name, problem }
  }
}
