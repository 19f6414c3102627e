/** Points in time as traces write them. */
import type { Row } from './table.ts'

/**
 * Seconds since 1970 of an ISO time, UTC where it names no zone, with fractions of any length. Such traces end with
 * `TraceBuilder.startAtZero()`.
 */
export function readTimeS(row: Row, column: string): number {
  const text = row.text(column)
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text)
  const whole = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}${match[4] ?? 'Z'}`)
  if (match === null || Number.isNaN(whole)) return row.fail(`column ${column}: “${text}” is no ISO time`)
  return whole / 1000 + Number(match[3] ?? 0)
}
