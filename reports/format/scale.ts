/** From the engine's units to those that a person reads: shown number = value · factor. */
export interface Scale {
  readonly symbol: string
  readonly factor: number
}

const ladders: Record<string, readonly [from: number, symbol: string, divisor: number][]> = {
  s: [
    [0, 'ms', 1e-3],
    [1, 's', 1],
    [120, 'min', 60],
    [7200, 'h', 3600],
    [172_800, 'd', 86_400],
  ],
  J: [
    [0, 'J', 1],
    [1e3, 'kJ', 1e3],
    [3.6e5, 'kWh', 3.6e6],
    [3.6e9, 'MWh', 3.6e9],
    [3.6e12, 'GWh', 3.6e12],
  ],
  W: [
    [0, 'W', 1],
    [1e3, 'kW', 1e3],
    [1e6, 'MW', 1e6],
  ],
  g: [
    [0, 'gCO\u2082e', 1],
    [1e3, 'kgCO\u2082e', 1e3],
    [1e6, 'tCO\u2082e', 1e6],
  ],
  'g/kWh': [[0, 'gCO\u2082e/kWh', 1]],
  'core-s': [
    [0, 'core-s', 1],
    [3600, 'core-h', 3600],
  ],
  'jobs/s': [
    [0, 'jobs/h', 1 / 3600],
    [1 / 60, 'jobs/min', 1 / 60],
    [1, 'jobs/s', 1],
  ],
}

/** One scale for values up to `largest` of a unit of the metrics; shares are shown in per cent. Zero has the plain unit. */
export function scaleFor(unit: string, share: boolean, largest: number): Scale {
  if (share) return { symbol: '%', factor: 100 }
  if (unit === '1') return { symbol: '', factor: 1 }
  const rungs = ladders[unit]
  if (rungs === undefined) return { symbol: unit, factor: 1 }
  if (largest === 0) return { symbol: rungs.find(rung => rung[2] === 1)?.[1] ?? unit, factor: 1 }
  const [, symbol, divisor] = rungs.findLast(([from]) => Math.abs(largest) >= from) ?? rungs[0]
  return { symbol, factor: 1 / divisor }
}

/** A unit as part of a CSV column's head: `kg CO₂e` is `kgCO2e`. */
export const headerUnit = (unit: string): string => unit.replaceAll('\u2082', '2').replace(/\W+/g, '_')

/** Scale of a difference: shares differ by points, not by per cent. */
export const differenceScale = (unit: string, share: boolean, largest: number): Scale =>
  share ? { symbol: 'percentage points', factor: 100 } : scaleFor(unit, share, largest)
