/** Two values side by side: null where they agree, else a message. */

/** Numbers as they are, NaN and infinities too (JSON writes them all as null). */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item))

export function compareExactly(what: string, actual: unknown, expected: unknown): string | null {
  return text(actual) === text(expected)
    ? null
    : `${what}:\n  engine:    ${text(actual)}\n  reference: ${text(expected)}`
}

/**
 * Sums in another order differ in the last digits (a run time as end − begin, and as work / speed, is one): 1e-9
 * relative unless told, with an absolute floor of the same size.
 */
export function compareNearly(what: string, actual: number, expected: number, slack = 1e-9): string | null {
  const near = Object.is(actual, expected) || Math.abs(actual - expected) <= slack * Math.max(1, Math.abs(expected))
  return near ? null : `${what}:\n  engine:    ${actual}\n  reference: ${expected}`
}
