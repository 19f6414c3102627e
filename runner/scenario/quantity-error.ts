/** What is said of a value that cannot be read. */

/** A value that cannot be read: what was expected, and how to mend it. */
export class QuantityError extends Error {
  readonly code: 'bad-quantity' | 'out-of-range'
  readonly hint: string

  constructor(message: string, hint: string, code: 'bad-quantity' | 'out-of-range' = 'bad-quantity') {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** Shows a value of the file in a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `“${value.length > 60 ? `${value.slice(0, 59)}…` : value}”`
  if (value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : String(value)
}

export const bad = (value: unknown, what: string, hint: string): QuantityError =>
  new QuantityError(`${show(value)} is not ${what}`, hint)

export const isNegative = (value: unknown): boolean =>
  typeof value === 'number' ? value < 0 : /^\s*-\s*[0-9.]/.test(String(value))

export const negative = (value: unknown): QuantityError =>
  new QuantityError(`${show(value)} must not be negative`, 'Give 0 or more.', 'out-of-range')
