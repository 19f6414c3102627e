import { decimalsFor, formatNumber } from './number.ts'
import type { Scale } from './scale.ts'

/** An estimate in words: `12.2 s` and `12.1 to 12.3`; the interval is empty where there is none to see. */
export interface Quantity {
  readonly value: string
  readonly interval: string
}

/** Estimate and interval in the unit's own size, as the scale says, with as many digits as the interval supports. */
export function quantity(estimate: number, low: number, high: number, scale: Scale): Quantity {
  const shown = estimate * scale.factor
  const decimals = Math.min(12, decimalsFor(shown, ((high - low) / 2) * scale.factor))
  const [from, to] = [low, high].map(bound => formatNumber(bound * scale.factor, decimals))
  if (from === to) return { value: withUnit(fourDigits(shown), scale), interval: '' }
  const dash = from.startsWith('\u2212') || to.startsWith('\u2212') ? ' to ' : '\u2013\u2060'
  return { value: withUnit(formatNumber(shown, decimals), scale), interval: `${from}${dash}${to}` }
}

/** `12.2 s (12.1–12.3 s)`. */
export function inWords(estimate: number, low: number, high: number, scale: Scale): string {
  const { value, interval } = quantity(estimate, low, high, scale)
  return interval === '' ? value : `${value} (${withUnit(interval, scale)})`
}

/** A number without an error bar, three digits. */
export const single = (value: number, scale: Scale): string =>
  withUnit(formatNumber(value * scale.factor, Math.min(12, decimalsFor(value * scale.factor, 0))), scale)

/** Four digits, without zeros at the end. */
function fourDigits(value: number): string {
  const [, fraction = ''] = String(Number(value.toPrecision(4))).split('.')
  return formatNumber(value, Math.abs(value) < 1e-6 ? decimalsFor(value, 0) : fraction.length)
}

const withUnit = (text: string, { symbol }: Scale): string => (symbol === '' ? text : `${text}\u00a0${symbol}`)
