/** Numbers as people read them: grouped by thin spaces from five digits on, with a real minus sign. */
export function formatNumber(value: number, decimals: number): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return value < 0 && /[1-9]/.test(digits) ? `\u2212${digits}` : digits
}

/** Decimals that an error of `halfWidth` leaves meaningful, at most four digits in all; three digits without error. */
export function decimalsFor(value: number, halfWidth: number): number {
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
  if (halfWidth > 0) return Math.max(0, Math.min(3 - magnitude, Math.ceil(-Math.log10(halfWidth))))
  if (Number.isInteger(value)) return 0
  return Math.max(0, 2 - magnitude)
}

/** About three significant digits: `28 812`, `4.21`, `0.0031`. */
export const plain = (value: number): string => formatNumber(value, Math.min(12, decimalsFor(value, 0)))

const prefixes: readonly [number, string][] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
]

/** Counts with SI prefixes: `2.59 M`, `28.8 k`, `312`. */
export function formatCount(value: number): string {
  const [size, prefix] = prefixes.find(([from]) => value >= from) ?? [1, '']
  if (size === 1) return formatNumber(value, Number.isInteger(value) ? 0 : decimalsFor(value, 0))
  const divisor = prefix === 'k' ? 1e3 : size
  return `${plain(value / divisor)}\u202f${prefix}`
}
