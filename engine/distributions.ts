/** Distributions of work and of times between events: one entry each, at most two parameters. */
import type { Random } from './random.ts'

export interface DistributionEntry {
  readonly name: string
  readonly summary: string
  /** In the order in which they are passed; `time` parameters are durations in a scenario, seconds here. */
  readonly parameters: readonly {
    readonly name: string
    readonly kind: 'time' | 'number'
    readonly description: string
    readonly positive?: true
  }[]
  readonly mean: (a: number, b: number) => number
  readonly draw: (random: Random, a: number, b: number) => number
}

const meanTime = { name: 'mean', kind: 'time', description: 'Mean.', positive: true } as const
const variation = {
  name: 'cv',
  kind: 'number',
  description: 'Coefficient of variation: standard deviation / mean.',
  positive: true,
} as const

const exponential = (random: Random, mean: number): number => -Math.log(random.uniform()) * mean

/** Standard normal by Marsaglia's polar method. */
function normal(random: Random): number {
  for (;;) {
    const u = 2 * random.uniform() - 1
    const v = 2 * random.uniform() - 1
    const s = u * u + v * v
    if (s < 1 && s > 0) return u * Math.sqrt((-2 * Math.log(s)) / s)
  }
}

/** Gamma with unit scale: Marsaglia and Tsang (2000), with their boost for shapes below 1. */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * Math.exp(Math.log(random.uniform()) / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const t = 1 + c * x
    const v = t * t * t
    if (v > 0 && Math.log(random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Lanczos approximation of Γ for positive arguments (g = 7, 9 terms; relative error about 1e-15). */
function gammaFunction(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  const z = x - 1
  const t = z + 7.5
  let series = coefficients[0]
  for (let i = 1; i < coefficients.length; i++) series += coefficients[i] / (z + i)
  return Math.sqrt(2 * Math.PI) * Math.exp((z + 0.5) * Math.log(t) - t) * series
}

export const distributions: readonly DistributionEntry[] = [
  {
    name: 'constant',
    summary: 'Always the same.',
    parameters: [{ name: 'value', kind: 'time', description: 'The value.' }],
    mean: a => a,
    draw: (_random, a) => a,
  },
  {
    name: 'exponential',
    summary: 'Memoryless.',
    parameters: [meanTime],
    mean: a => a,
    draw: (random, a) => exponential(random, a),
  },
  {
    name: 'uniform',
    summary: 'Evenly between min and max.',
    parameters: [
      { name: 'min', kind: 'time', description: 'Least value.' },
      { name: 'max', kind: 'time', description: 'Greatest value.' },
    ],
    mean: (a, b) => (a + b) / 2,
    draw: (random, a, b) => a + (b - a) * random.uniform(),
  },
  {
    name: 'lognormal',
    summary: 'Logarithm normal, given by mean and coefficient of variation of the value itself.',
    parameters: [meanTime, variation],
    mean: a => a,
    draw: (random, a, b) => {
      const variance = Math.log(1 + b * b)
      return a * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2)
    },
  },
  {
    name: 'gamma',
    summary: 'Gamma (Erlang where 1 / cv² is whole), given by mean and coefficient of variation.',
    parameters: [meanTime, variation],
    mean: a => a,
    draw: (random, a, b) => {
      const shape = 1 / (b * b)
      return (gamma(random, shape) * a) / shape
    },
  },
  {
    name: 'weibull',
    summary: 'Weibull, given by scale and shape.',
    parameters: [
      { name: 'scale', kind: 'time', description: 'Scale λ: 63.2 % of the values are below it.', positive: true },
      { name: 'shape', kind: 'number', description: 'Shape k; below 1 the hazard falls with age.', positive: true },
    ],
    mean: (a, b) => a * gammaFunction(1 + 1 / b),
    draw: (random, a, b) => a * Math.exp(Math.log(-Math.log(random.uniform())) / b),
  },
  {
    name: 'hyperexponential',
    summary:
      'Mixture of two exponentials with balanced means, given by mean and a coefficient of variation of at least 1.',
    parameters: [meanTime, variation],
    mean: a => a,
    draw: (random, a, b) => {
      const p = (1 + Math.sqrt((b * b - 1) / (b * b + 1))) / 2
      return random.uniform() < p ? exponential(random, a / (2 * p)) : exponential(random, a / (2 * (1 - p)))
    },
  },
]
