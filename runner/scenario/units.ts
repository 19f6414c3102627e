/** Units and their factors, and reading one number with one of them. */
import { bad, isNegative, negative } from './quantity-error.ts'

export type Units = Readonly<Record<string, readonly [times: number, over: number]>>

// Factors are kept as ratios of whole numbers, so that 700ms is 0.7 to the last bit.
export const seconds: Units = {
  ns: [1, 1e9],
  us: [1, 1e6],
  µs: [1, 1e6],
  ms: [1, 1000],
  s: [1, 1],
  m: [60, 1],
  h: [3600, 1],
  d: [86_400, 1],
}
export const perSecond: Units = { s: [1, 1], min: [1, 60], h: [1, 3600], d: [1, 86_400] }
/** Bits a second and bytes a second, in bytes a second. */
export const bytesPerSecond: Units = {
  bps: [1, 8],
  kbps: [1e3, 8],
  Mbps: [1e6, 8],
  Gbps: [1e9, 8],
  Tbps: [1e12, 8],
  'B/s': [1, 1],
  'kB/s': [1e3, 1],
  'MB/s': [1e6, 1],
  'GB/s': [1e9, 1],
}
export const watts: Units = { '': [1, 1], mW: [1, 1000], W: [1, 1], kW: [1000, 1], MW: [1e6, 1] }
export const joules: Units = {
  J: [1, 1],
  kJ: [1000, 1],
  MJ: [1e6, 1],
  GJ: [1e9, 1],
  Wh: [3600, 1],
  kWh: [3.6e6, 1],
  MWh: [3.6e9, 1],
}
export const grams: Units = { mg: [1, 1000], g: [1, 1], kg: [1000, 1], t: [1e6, 1] }
export const bytes: Units = {
  '': [1, 1],
  B: [1, 1],
  k: [1e3, 1],
  M: [1e6, 1],
  G: [1e9, 1],
  T: [1e12, 1],
  P: [1e15, 1],
  kB: [1e3, 1],
  KB: [1e3, 1],
  MB: [1e6, 1],
  GB: [1e9, 1],
  TB: [1e12, 1],
  PB: [1e15, 1],
  ...binary('i'),
  ...binary('iB'),
}

function binary(suffix: string): Units {
  return Object.fromEntries(['K', 'M', 'G', 'T', 'P'].map((prefix, i) => [prefix + suffix, [1024 * 1024 ** i, 1]]))
}

/** A number without sign or exponent, as one group of a regular expression. */
export const number = '([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)'

/** One number and one unit; `what` and `hint` are for the error. */
export function withUnit(value: unknown, units: Units, what: string, hint: string): number {
  if (isNegative(value)) throw negative(value)
  const text = typeof value === 'string' ? amountAndUnit.exec(value) : null
  const [amount, unit] =
    typeof value === 'number' ? [value, ''] : text === null ? [Number.NaN, ''] : [Number(text[1]), text[2]]
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  const result = factor === undefined ? Number.NaN : (amount * factor[0]) / factor[1]
  if (!Number.isFinite(result)) throw bad(value, what, hint)
  return result
}

const amountAndUnit = /^((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][0-9]+)?) ?([a-zA-Z%/]*)$/

/** Bytes in the largest binary unit that divides them, as Kubernetes writes them. */
export function formatMemory(amount: number): string {
  const unit = ['Pi', 'Ti', 'Gi', 'Mi', 'Ki'].find(name => amount >= bytes[name][0] && amount % bytes[name][0] === 0)
  return unit === undefined ? `${amount} bytes` : `${amount / bytes[unit][0]}${unit}`
}
