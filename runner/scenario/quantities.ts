/** Reading numbers with units: the only place where units of a scenario become units of the engine. */

import { readBandwidth } from './bandwidth.ts'
import { readGpu } from './gpu.ts'
import { bad, isNegative, negative, QuantityError, show } from './quantity-error.ts'
import { readRange } from './range.ts'
import { bytes, grams, joules, number, perSecond, seconds, type Units, watts, withUnit } from './units.ts'

export { QuantityError, show } from './quantity-error.ts'

/** A duration in seconds: Go style (`2m30s`, `400ms`, `1.5h`), also days; a bare 0 needs no unit. */
export function readDuration(value: unknown): number {
  if (value === 0 || value === '0') return 0
  const hint =
    typeof value === 'number' && value > 0
      ? `Give the unit, such as ${value}s.`
      : 'Write a duration such as 2m30s, 400ms or 1h.'
  if (isNegative(value)) throw negative(value)
  const part = `${number}(ns|us|µs|ms|s|m|h|d)`
  if (typeof value !== 'string' || !new RegExp(`^(?:${part})+$`).test(value)) throw bad(value, 'a duration', hint)
  let sum = 0
  for (const [, amount, unit] of value.matchAll(new RegExp(part, 'g')))
    sum += (Number(amount) * seconds[unit][0]) / seconds[unit][1]
  // Beyond that a float64 no longer resolves microseconds, and no scenario is meant to last a thousand years.
  if (sum > 3.2e10)
    throw new QuantityError(
      `${show(value)} is longer than a thousand years`,
      'Give a shorter duration.',
      'out-of-range',
    )
  return sum
}

/** Kubernetes CPU (`500m`, 2, 0.5) in whole millicores. */
export function readCpu(value: unknown): number {
  const units: Units = { '': [1000, 1], m: [1, 1] }
  const milli = withUnit(value, units, 'an amount of CPU', 'Write cores such as 2 or 0.5, or millicores such as 500m.')
  const whole = Math.round(milli)
  // 1.1 cores are 1100.0000000000002 millicores in floating point; half a millicore is a mistake.
  if (Math.abs(milli - whole) > 1e-6 * Math.max(1, whole))
    throw new QuantityError(
      `${show(value)} is no whole number of millicores`,
      'CPU is counted in millicores: 0.001 is the least.',
    )
  if (whole > 2_147_483_647)
    throw new QuantityError(
      `${show(value)} is more than 2147483 cores`,
      'Give a smaller amount of CPU.',
      'out-of-range',
    )
  return whole
}

/** Memory (`2Gi`, `512Mi`, `20MB`, 1e9) in whole bytes, rounded up as Kubernetes does. */
export function readMemory(value: unknown): number {
  const exact = withUnit(value, bytes, 'an amount of memory', 'Write bytes with a unit, such as 2Gi, 512Mi or 20MB.')
  if (exact > Number.MAX_SAFE_INTEGER)
    throw new QuantityError(`${show(value)} is more than 8 PiB`, 'Give a smaller amount of memory.', 'out-of-range')
  return Math.ceil(exact)
}

/** A rate (`5/s`, `2k/s`, `30/min`, `100/h`) per second. */
export function readRate(value: unknown): number {
  const hint =
    typeof value === 'number'
      ? `Give the unit of time, such as ${value}/s.`
      : 'Write a rate such as 5/s, 2k/s, 30/min or 100/h.'
  const match = typeof value === 'string' ? new RegExp(`^${number}([kM])?/(s|min|h|d)$`).exec(value) : null
  if (match === null) throw isNegative(value) ? negative(value) : bad(value, 'a rate', hint)
  const [, amount, prefix, unit] = match
  const rate =
    (Number(amount) * (prefix === 'M' ? 1e6 : prefix === 'k' ? 1000 : 1) * perSecond[unit][0]) / perSecond[unit][1]
  if (rate > 1e9)
    throw new QuantityError(
      `${show(value)} is more than a thousand million a second`,
      'Give a lower rate.',
      'out-of-range',
    )
  return rate
}

/** Power (`45W`, `1.2kW`, or a number of watts) in watts. */
export const readWatts = (value: unknown): number =>
  withUnit(value, watts, 'a power', 'Write watts such as 45W or 1.2kW.')

/** Energy (`40 kWh`, `3.6MJ`, `12 J`) in joules. */
export const readEnergy = (value: unknown): number =>
  withUnit(value, joules, 'an energy', 'Write an energy such as 40 kWh, 3.6MJ or 500 J.')

/** A mass of CO2e (`5 kg`, `300g`, `1.2t`) in grams. */
export const readMass = (value: unknown): number =>
  withUnit(value, grams, 'a mass', 'Write a mass such as 5 kg, 300g or 1.2t.')

/** A percentage (`5%`) or a number, as a number. */
export const readRatio = (value: unknown): number =>
  withUnit(value, { '': [1, 1], '%': [1, 100] }, 'a share', 'Write a percentage such as 1%, or a number such as 0.01.')

/** A part of a whole, 0 to 1. */
export function readShare(value: unknown): number {
  const share = readRatio(value)
  if (share > 1)
    throw new QuantityError(
      `${show(value)} is more than 1`,
      `Give a number from 0 to 1${share <= 100 && typeof value === 'number' ? `, or a percentage such as ${value}%` : ''}.`,
      'out-of-range',
    )
  return share
}

/** `1:100` or 100: declared units for one real one. */
export function readScaling(value: unknown): number {
  const hint = 'Write a ratio such as 1:100, or the number 100.'
  const match =
    typeof value === 'number'
      ? [value, value]
      : typeof value === 'string'
        ? new RegExp(`^1:${number}$`).exec(value)
        : null
  if (match === null) throw bad(value, 'a scaling', hint)
  const scaling = Number(match[1])
  if (!(scaling >= 1))
    throw new QuantityError(
      `${show(value)}: real clusters are not larger than declared`,
      'Give 1:1 or more.',
      'out-of-range',
    )
  return scaling
}

/** An ISO time in seconds since 1970; UTC where it names no zone. */
export function readInstant(value: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/.exec(value)
  const time = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}${zoneOf(match[3])}`)
  if (Number.isNaN(time)) throw bad(value, 'a time', 'Write an ISO time, such as 2026-01-01T00:00:00Z.')
  return time / 1000
}

const zoneOf = (zone: string | undefined): string =>
  zone === undefined || zone === 'UTC' ? 'Z' : zone.replace(/^(...)(..)$/, '$1:$2')

/** An ISO time, written out in UTC. */
export function readTime(value: unknown): string {
  const text = String(value)
  const date = new Date(/^\d{4}-\d{2}-\d{2}/.test(text) ? text : Number.NaN)
  // `new Date` rolls 31 February over to March: the day must come back as it was written.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  if (
    Number.isNaN(date.getTime()) ||
    Number.isNaN(day.getTime()) ||
    day.toISOString().slice(0, 10) !== text.slice(0, 10)
  )
    throw bad(value, 'a time', 'Write an ISO time with its zone, such as 2026-01-01T00:00:00Z.')
  return date.toISOString().replace('.000Z', 'Z')
}

const positively =
  (read: (value: unknown) => number) =>
  (value: unknown): number => {
    const amount = read(value)
    if (amount <= 0)
      throw new QuantityError(`${show(value)} must be more than zero`, 'Give more than zero.', 'out-of-range')
    return amount
  }

/** Readers by the names that the schema gives them in `x-quantity`. */
export const quantities = {
  duration: readDuration,
  positiveDuration: positively(readDuration),
  cpu: readCpu,
  positiveCpu: positively(readCpu),
  gpu: readGpu,
  memory: readMemory,
  positiveMemory: positively(readMemory),
  bandwidth: positively(readBandwidth),
  rate: positively(readRate),
  watts: readWatts,
  share: readShare,
  positiveShare: positively(readShare),
  scaling: readScaling,
  time: readTime,
  range: readRange,
} as const

export type QuantityName = keyof typeof quantities
/** Those that are numbers. */
export type NumberName = Exclude<QuantityName, 'time' | 'range'>
