/** Bandwidths, in bits or bytes. */
import { bad, isNegative, negative, QuantityError, show } from './quantity-error.ts'
import { bytesPerSecond, withUnit } from './units.ts'

/** A bandwidth (`1Gbps` in bits, `100MB/s` in bytes, both in powers of 1000) in bytes a second. */
export function readBandwidth(value: unknown): number {
  if (typeof value === 'number' && value > 0)
    throw bad(value, 'a bandwidth', `Give the unit, such as ${value}Mbps or ${value}MB/s.`)
  if (isNegative(value)) throw negative(value)
  const [, amount, unit] = (typeof value === 'string' ? /^([0-9.]+) ?([a-zA-Z/]+)$/.exec(value) : null) ?? []
  const hint = bandwidthHint(amount, unit)
  if (amount === undefined) throw bad(value, 'a bandwidth', hint)
  const bandwidth = withUnit(value, bytesPerSecond, 'a bandwidth', hint)
  if (bandwidth > 1e15)
    throw new QuantityError(
      `${show(value)} is more than 8000 Tbps`,
      'Give less, or leave it out: then it is not limited.',
      'out-of-range',
    )
  return bandwidth
}

/** Prefixes and endings are easily confused; `b` and `B` are never taken for each other. */
function bandwidthHint(amount = '', unit = ''): string {
  const meant = unit.replace('b/s', 'bps').replace('Bps', 'B/s')
  const near = Object.keys(bytesPerSecond).filter(
    name => name.toLowerCase() === meant.toLowerCase() && name.includes('B') === meant.includes('B'),
  )
  const forms = 'Write bits a second such as 100Mbps or 1Gbps, or bytes a second such as 10MB/s.'
  return near.length === 1 ? `Did you mean “${amount}${near[0]}”? ${forms}` : forms
}
