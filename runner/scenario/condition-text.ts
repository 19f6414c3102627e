/** `metric(cluster) > value for time` and its parts. */
import { type ExpectationParts, expectationText, parseExpectation } from './expectation-text.ts'

export interface ConditionParts extends ExpectationParts {
  /** How long it must hold, as it is written; null: not at all. */
  for: string | number | null
}

/** The parts of a condition as text; undefined where it has not that form. */
export function parseCondition(text: string): ConditionParts | undefined {
  const [, comparison, hold] = /^(.*?)(?:\s+for\s+(\S+)\s*)?$/s.exec(text) ?? []
  const parts = comparison === undefined ? undefined : parseExpectation(comparison)
  // Whatever else stands behind `for` is not a time.
  return parts === undefined || /\bfor\b/.test(String(parts.value)) ? undefined : { ...parts, for: hold ?? null }
}

/** Canonical text of the parts. */
export const conditionText = (parts: ConditionParts): string =>
  `${expectationText(parts)}${parts.for === null ? '' : ` for ${parts.for}`}`
