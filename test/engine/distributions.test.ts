import { describe, expect, it } from 'vitest'
import { distributions } from '../../engine/distributions.ts'
import { Random, streams } from '../../engine/random.ts'

const n = 200_000

interface Case {
  name: string
  a: number
  b: number
  mean: number
  variance: number
  /** Distribution function, where it has a closed form. */
  cdf?: (x: number) => number
}

const weibull = (scale: number, shape: number) => (x: number) => 1 - Math.exp(-((x / scale) ** shape))

/** Mean and variance by the textbook; Γ(3/2) = √π / 2, Γ(3) = 2, Γ(5) = 24. */
const cases: Case[] = [
  { name: 'constant', a: 2.5, b: 0, mean: 2.5, variance: 0 },
  { name: 'exponential', a: 3, b: 0, mean: 3, variance: 9, cdf: x => 1 - Math.exp(-x / 3) },
  { name: 'uniform', a: 1, b: 5, mean: 3, variance: 16 / 12, cdf: x => (x - 1) / 4 },
  { name: 'lognormal', a: 2, b: 0.5, mean: 2, variance: 1 },
  { name: 'lognormal', a: 2, b: 1.5, mean: 2, variance: 9 },
  { name: 'gamma', a: 2, b: 0.5, mean: 2, variance: 1 },
  { name: 'gamma', a: 2, b: 1, mean: 2, variance: 4, cdf: x => 1 - Math.exp(-x / 2) },
  { name: 'gamma', a: 2, b: 2, mean: 2, variance: 16 },
  { name: 'weibull', a: 2, b: 2, mean: Math.sqrt(Math.PI), variance: 4 - Math.PI, cdf: weibull(2, 2) },
  { name: 'weibull', a: 1, b: 0.5, mean: 2, variance: 20, cdf: weibull(1, 0.5) },
  { name: 'hyperexponential', a: 2, b: 1, mean: 2, variance: 4, cdf: x => 1 - Math.exp(-x / 2) },
  { name: 'hyperexponential', a: 2, b: 3, mean: 2, variance: 36 },
]

const entryOf = (name: string) => distributions.find(entry => entry.name === name)!

/** Values as a run draws them: a substream a job. */
function sample({ name, a, b }: Case): Float64Array {
  const random = new Random(20261124, 0)
  return Float64Array.from({ length: n }, (_, ordinal) => {
    random.select(streams.work, 0, 12345, ordinal)
    return entryOf(name).draw(random, a, b)
  })
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

describe.each(cases)('$name of $a, $b', theory => {
  const values = sample(theory)

  it('states its mean', () => {
    expect(entryOf(theory.name).mean(theory.a, theory.b)).toBeCloseTo(theory.mean, 12)
  })

  it('has its mean within four standard errors', () => {
    expect(Math.abs(mean(values) - theory.mean)).toBeLessThanOrEqual(4 * Math.sqrt(theory.variance / n))
  })

  it('has its variance within four standard errors', () => {
    const squares = values.map(value => (value - theory.mean) ** 2)
    const error = Math.sqrt(mean(squares.map(square => (square - theory.variance) ** 2)) / n)
    expect(Math.abs(mean(squares) - theory.variance)).toBeLessThanOrEqual(4 * error)
  })
})

describe.each(cases.filter(({ cdf }) => cdf !== undefined))('$name of $a, $b', theory => {
  it('has its distribution function (Kolmogorov and Smirnov, 99.9 %)', () => {
    let distance = 0
    for (const [i, value] of sample(theory).sort().entries()) {
      const f = theory.cdf!(value)
      distance = Math.max(distance, f - i / n, (i + 1) / n - f)
    }
    expect(distance).toBeLessThan(1.95 / Math.sqrt(n))
  })
})

describe('distributions', () => {
  it('are all tried here', () => {
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(distributions.map(({ name }) => name)))
  })
})
