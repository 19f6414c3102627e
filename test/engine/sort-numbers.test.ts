import { describe, expect, it } from 'vitest'
import { Random } from '../../engine/random.ts'
import { sortNumbers } from '../../engine/sort-numbers.ts'

const draw = (count: number, of: (u: number) => number): Float64Array => {
  const random = new Random(7, 0)
  random.select(1, 0, 0, 0)
  return Float64Array.from({ length: count }, () => of(random.uniform()))
}

describe('numbers come out as the library sorts them', () => {
  const cases: Record<string, Float64Array> = {
    none: new Float64Array(0),
    few: draw(100, u => u - 0.5),
    exponential: draw(50_000, u => -300 * Math.log(u)),
    'mostly equal': draw(50_000, u => (u < 0.9 ? 0 : u)),
    'close together': draw(50_000, u => 1e6 + u * 1e-6),
    'of both signs': draw(50_000, u => (u - 0.5) * 10 ** (u * 20)),
    'with what is no number and has no bound': draw(50_000, u =>
      u < 0.1 ? Number.NaN : u < 0.2 ? Number.POSITIVE_INFINITY : u < 0.3 ? -0 : u < 0.4 ? 0 : 1 / (u - 0.7),
    ),
    'sorted already': Float64Array.from({ length: 9000 }, (_, i) => i),
  }
  for (const [name, values] of Object.entries(cases))
    it(name, () => {
      const expected = values.slice().sort()
      const sorted = sortNumbers(values.slice())
      expect(sorted.length).toBe(expected.length)
      expect(sorted.every((value, i) => Object.is(value, expected[i]))).toBe(true)
    })
})
