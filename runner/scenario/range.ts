/** `range(first, last, step)`: evenly spaced numbers, both ends included. */
import { QuantityError, show } from './quantity-error.ts'

export const mostLevels = 10_000

/** The numbers as they would be written; steps of decimals are exact. Throws QuantityError. */
export function readRange(value: unknown): string[] {
  const hint = 'Write `range(first, last)` or `range(first, last, step)`, such as range(2, 10, 2) for 2, 4, 6, 8, 10.'
  const match = typeof value === 'string' ? /^\s*range\s*\(([^()]*)\)\s*$/.exec(value) : null
  const parts = match?.[1].split(',').map(part => part.trim()) ?? []
  if (parts.length < 2 || parts.length > 3 || !parts.every(part => /^[+-]?(\d+(\.\d{0,9})?|\.\d{1,9})$/.test(part)))
    throw new QuantityError(`${show(value)} is not a range of numbers`, hint)
  const digits = Math.max(...parts.map(part => part.split('.')[1]?.length ?? 0))
  const scale = 10 ** digits
  const [first, last, step = scale] = parts.map(part => Math.round(Number(part) * scale))
  const count = step === 0 ? 0 : Math.floor((last - first) / step) + 1
  if (!(count >= 1)) throw new QuantityError(`${show(value)} holds no number`, hint, 'out-of-range')
  if (count > mostLevels)
    throw new QuantityError(`${show(value)} holds ${count} numbers`, `Give ${mostLevels} at most.`, 'out-of-range')
  return Array.from({ length: count }, (_, i) => String(Number(((first + i * step) / scale).toFixed(digits))))
}
