/** Power models: watts of a node that is up as a function of its utilisation. One entry a form. */

export interface PowerModelEntry {
  readonly name: string
  readonly summary: string
  /** Watts at utilisation u (0 … 1) between the node's idle and busy watts. */
  readonly watts: (u: number, idleW: number, busyW: number) => number
}

export const powerModels: readonly PowerModelEntry[] = [
  {
    name: 'linear',
    summary: 'Idle watts plus a part in proportion to the cores in use (Fan, Weber, Barroso, ISCA 2007).',
    watts: (u, idleW, busyW) => idleW + (busyW - idleW) * u,
  },
]
