const units: readonly [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** `2 h`, `1 h 30 min`, `15 min`, `2.5 s`: the two largest units that say something. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toPrecision(3))}\u00a0s`
  const first = units.findIndex(([size]) => seconds >= size)
  const parts: string[] = []
  let rest = Math.round(seconds)
  for (const [size, symbol] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}\u00a0${symbol}`)
  }
  return parts.join(' ')
}
