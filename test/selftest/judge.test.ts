/** Verdicts by themselves: what they hold for, and how often they are wrong. */
import { describe, expect, it } from 'vitest'
import { distributions } from '../../engine/distributions.ts'
import { Random } from '../../engine/random.ts'
import type { Line } from '../../runner/selftest/experiment.ts'
import { falseAlarm, falseAlarmOfLine, judge } from '../../runner/selftest/judge.ts'
import type { Measured } from '../../runner/selftest/measure.ts'

const family = { name: 'f', source: '', experiments: [] }
const of = (
  line: Partial<Line> & Pick<Line, 'test' | 'expected'>,
  values: readonly number[],
  error: string | null = null,
) => ({ family, line: { what: 'w', unit: '', ...line }, values: Float64Array.from(values), error }) satisfies Measured
const holds = (...measured: Measured[]) => judge(measured).map(verdict => verdict.holds)

describe('without luck', () => {
  it('each trial must come out, but for rounding', () => {
    expect(holds(of({ test: 'each', expected: 3 }, [3, 3 + 1e-12]))).toEqual([true])
    expect(holds(of({ test: 'each', expected: 3 }, [3, 3.0001, 3]))).toEqual([false])
    expect(holds(of({ test: 'each', expected: 12.706, slack: 5e-4 }, [12.7062]))).toEqual([true])
    expect(holds(of({ test: 'each', expected: 12.706, slack: 5e-4 }, [12.7066]))).toEqual([false])
  })

  it('shows the value that is farthest off', () => {
    expect(judge([of({ test: 'each', expected: 1 }, [1, 0.5, 1.2])])[0].measured).toBe(0.5)
  })
})

describe('with luck', () => {
  it('the interval of a mean must hold what is expected', () => {
    const values = [0.9, 1.1, 1, 0.95, 1.05, 1.02, 0.98, 1.01, 0.99, 1]
    expect(holds(of({ test: 'mean', expected: 1.01 }, values))).toEqual([true])
    expect(holds(of({ test: 'mean', expected: 1.3 }, values))).toEqual([false])
  })

  it('the interval of a share must reach what is expected', () => {
    const held = (k: number, n: number) => Array.from({ length: n }, (_, i) => (i < k ? 1 : 0))
    const line = { test: 'share', expected: [0.93, 0.97] } as const
    expect([138, 150].map(k => holds(of(line, held(k, 150)))[0])).toEqual([true, true])
    expect([1900, 1700, 2000].map(k => holds(of(line, held(k, 2000)))[0])).toEqual([true, false, false])
  })

  it('shares its false alarms among all lines with luck', () => {
    const line = of({ test: 'mean', expected: 1 }, [1, 2])
    expect(falseAlarmOfLine([line, line, of({ test: 'each', expected: 1 }, [1])])).toBe(falseAlarm / 2)
  })

  it('raises them as seldom as it says, and not less often', () => {
    // So many lines that each has a false alarm in a hundred, on skewed values.
    const exponential = distributions.find(({ name }) => name === 'exponential')
    const random = new Random(1, 0)
    let alarms = 0
    const rounds = 2000
    for (let round = 0; round < rounds; round++) {
      random.select(0, 0, 0, round)
      const values = Array.from({ length: 60 }, () => exponential?.draw(random, 1, 0) ?? 0)
      const { low, high } = judge([of({ test: 'mean', expected: 1 }, values)])[0]
      const half = (high - low) / 2
      // 1 − 1e-4 is ±4.18 standard errors at 59 degrees of freedom, 1 % is ±2.66.
      if (Math.abs((low + high) / 2 - 1) > (half * 2.662) / 4.177) alarms++
    }
    // A binomial count of 20, and a little more since the values are skewed.
    expect(alarms).toBeGreaterThan(5)
    expect(alarms).toBeLessThan(50)
  })
})

describe('never holds', () => {
  it.each([
    ['what could not be simulated', [of({ test: 'mean', expected: 1 }, [1, 1.1, 0.9], 'broken')]],
    ['what is no number', [of({ test: 'mean', expected: 1 }, [1, Number.NaN, 1])]],
    ['what is no number, without luck', [of({ test: 'each', expected: 1 }, [1, Number.NaN, 1])]],
    ['a share of no trials', [of({ test: 'share', expected: [0, 1] }, [])]],
    ['a mean of one trial, which bounds nothing', [of({ test: 'mean', expected: 1 }, [1])]],
    ['nothing, without luck', [of({ test: 'each', expected: 1 }, [])]],
  ])('%s', (_, measured) => expect(holds(...measured)).toEqual([false]))
})
