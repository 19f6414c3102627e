/**
 * Power models: watts of a node that is up as a function of its utilisation u (0 … 1). One entry a form; the forms and
 * their constants are those of OpenDC (Iosup et al.) and CloudSim (Beloglazov and Buyya 2012).
 */

export interface PowerModelEntry {
  readonly name: string
  readonly summary: string
  /** Watts between the node's idle and busy watts; `table` are watts at equally spaced loads, where the form has one. */
  readonly watts: (u: number, idleW: number, busyW: number, table: Float64Array) => number
  /** The form is affine in u, so a group's joules follow from its integrals. */
  readonly affine?: true
  /** The form is given by a table of watts instead of idle and busy. */
  readonly tabular?: true
}

/** u to the power of 1.4, by logarithms: `Math.pow` differs between versions of Node. */
const toThePower = (u: number, exponent: number): number => (u === 0 ? 0 : Math.exp(exponent * Math.log(u)))

export const powerModels: readonly PowerModelEntry[] = [
  {
    name: 'linear',
    summary: 'Idle watts plus a part in proportion to the cores in use (Fan, Weber, Barroso, ISCA 2007).',
    affine: true,
    watts: (u, idleW, busyW) => idleW + (busyW - idleW) * u,
  },
  {
    name: 'constant',
    summary: 'Busy watts whenever the node is up.',
    watts: (_u, _idleW, busyW) => busyW,
  },
  {
    name: 'sqrt',
    summary: 'Grows with the square root of utilisation.',
    watts: (u, idleW, busyW) => idleW + (busyW - idleW) * Math.sqrt(u),
  },
  {
    name: 'square',
    summary: 'Grows with the square of utilisation.',
    watts: (u, idleW, busyW) => idleW + (busyW - idleW) * u * u,
  },
  {
    name: 'cubic',
    summary: 'Grows with the cube of utilisation.',
    watts: (u, idleW, busyW) => idleW + (busyW - idleW) * u * u * u,
  },
  {
    name: 'mse',
    summary: 'Idle plus (busy − idle)(2u − u^1.4): the fit of Fan et al. (ISCA 2007) with least squared error.',
    watts: (u, idleW, busyW) => idleW + (busyW - idleW) * (2 * u - toThePower(u, 1.4)),
  },
  {
    name: 'asymptotic',
    summary: 'Rises steeply, then flattens: idle + (busy − idle)/2 · (1 + u − e^(−u / 0.3)).',
    watts: (u, idleW, busyW) => idleW + ((busyW - idleW) / 2) * (1 + u - Math.exp(-u / 0.3)),
  },
  {
    name: 'interpolated',
    summary: 'Measured watts at equally spaced loads from idle to full (SPECpower has 11), linear in between.',
    tabular: true,
    watts: (u, _idleW, _busyW, table) => {
      const at = u * (table.length - 1)
      const below = Math.min(Math.floor(at), table.length - 2)
      return table[below] + (table[below + 1] - table[below]) * (at - below)
    },
  },
]
