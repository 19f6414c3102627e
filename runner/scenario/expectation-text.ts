/** `metric(cluster) < value` and its parts. */
import type { Comparator, Metric } from '../../engine/metrics.ts'
import {
  QuantityError,
  readDuration,
  readEnergy,
  readMass,
  readRate,
  readRatio,
  readWatts,
  show,
} from './quantities.ts'

export interface ExpectationParts {
  metric: string
  of: string | null
  op: Comparator
  value: string | number
}

/** The parts of an expectation as text; undefined where it has not that form. */
export function parseExpectation(text: string): ExpectationParts | undefined {
  const match = /^\s*([A-Za-z][\w.]*)\s*(?:\(\s*([^()\s]+)\s*\))?\s*(<=|>=|<|>)\s*([^<>=\s][^<>=]*?)\s*$/.exec(text)
  if (match === null) return undefined
  const [, metric, of, op, value] = match
  return { metric, of: of ?? null, op: op as Comparator, value }
}

/** Canonical text of the parts. */
export const expectationText = ({ metric, of, op, value }: ExpectationParts): string =>
  `${metric}${of === null ? '' : `(${of})`} ${op} ${value}`

const readers: Readonly<Record<string, (value: unknown) => number>> = {
  s: readDuration,
  J: value => {
    if (isBare(value))
      throw new QuantityError(`${show(value)} lacks its unit`, `Give the unit of energy, such as ${value} kWh.`)
    return readEnergy(value)
  },
  g: value => {
    if (isBare(value))
      throw new QuantityError(`${show(value)} lacks its unit`, `Give the unit of mass, such as ${value} kg.`)
    return readMass(value)
  },
  '1': readRatio,
  W: readWatts,
  'jobs/s': value => (isBare(value) ? readCount(value) : readRate(value)),
}

/** An amount in the metric's unit. Throws QuantityError. */
export function readAmount(metric: Metric, value: string | number): number {
  if (metric.unit === 's' && isBare(value) && Number(value) !== 0)
    throw new QuantityError(`${show(value)} lacks its unit`, `Give the unit of time, such as ${value}s.`)
  return (readers[metric.unit] ?? readCount)(value)
}

/** A limit in the metric's unit. Throws QuantityError. */
export function readLimit(metric: Metric, value: string | number): number {
  const limit = readAmount(metric, value)
  if (metric.share && limit > 1)
    throw new QuantityError(
      `it is a share, and ${show(value)} is more than 1`,
      `Write a percentage, such as ${isBare(value) ? value : 100}%.`,
      'out-of-range',
    )
  return limit
}

function readCount(value: unknown): number {
  const count = Number(value)
  if (!isBare(value) || !(count >= 0))
    throw new QuantityError(`${show(value)} is not a number`, 'Write a number without a unit.')
  return count
}

/** A number without a unit, as text or not. */
const isBare = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^[0-9]*\.?[0-9]+(e[0-9]+)?$/i.test(value))
