import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration } from '../../reports/format/duration.ts'
import { formatCount, formatNumber, formatValue, inWords, quantity, scaleFor } from '../../reports/format.ts'

const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/\u2060/g, '')

describe('units', () => {
  it.each([
    [0.045, 's', '45 ms'],
    [12.2, 's', '12.2 s'],
    [150, 's', '2.50 min'],
    [9000, 's', '2.50 h'],
    [0, 's', '0 s'],
    [250_000, 's', '2.89 d'],
    [5.53e6, 'J', '1.54 kWh'],
    [900, 'J', '900 J'],
    [4.2e4, 'J', '42 kJ'],
    [4e10, 'J', '11.1 MWh'],
    [931, 'W', '931 W'],
    [7200, 'core-s', '2 core-h'],
    [0.5, 'jobs/s', '30 jobs/min'],
    [4.25, '1', '4.25'],
    [24, 'attempts', '24 attempts'],
    [640, 'g', '640 gCO₂e'],
    [12_300, 'g', '12.3 kgCO₂e'],
    [0, 'g', '0 gCO₂e'],
  ])('shows %d %s as %s', (value, unit, expected) => {
    expect(spaced(formatValue(value, unit))).toBe(expected)
  })

  it('shows shares in per cent', () => {
    expect(spaced(formatValue(0.00412, '1', true))).toBe('0.412 %')
  })
})

describe('numbers', () => {
  it('group from five digits on and have a real minus', () => {
    expect(spaced(formatNumber(1234567.891, 1))).toBe('1 234 567.9')
    expect(formatNumber(-0.5, 1)).toBe('\u22120.5')
    expect(formatNumber(-0.04, 1)).toBe('0.0')
    expect(formatNumber(9999, 0)).toBe('9999')
  })

  it('count with SI prefixes', () => {
    expect([312, 9999, 28_812, 2_593_116, 1e9].map(value => spaced(formatCount(value)))).toEqual([
      '312',
      '9999',
      '28.8 k',
      '2.59 M',
      '1 G',
    ])
  })
})

describe('quantity', () => {
  const seconds = scaleFor('s', false, 12)

  it('keeps the digits that the interval supports', () => {
    expect(spaced(inWords(12.1968, 12.07, 12.32, seconds))).toBe('12.2 s (12.1–12.3 s)')
    expect(spaced(inWords(0.0108, 0.0082, 0.0134, scaleFor('1', true, 1)))).toBe('1.1 % (0.8–1.3 %)')
    expect(spaced(inWords(105, 80, 130, seconds))).toBe('105 s (80–130 s)')
  })

  it('has no interval where there is none, or none to be seen', () => {
    expect(quantity(5, 5, 5, seconds).interval).toBe('')
    expect(quantity(5, 5 - 1e-9, 5 + 1e-9, seconds)).toEqual({ value: '5\u00a0s', interval: '' })
    expect(quantity(3.10049, 3.1004, 3.1005, seconds).value).toBe('3.1\u00a0s')
  })

  it('writes "to" where a minus could be taken for a dash', () => {
    expect(spaced(quantity(-1, -2, 3, seconds).interval)).toBe('\u22122 to 3')
  })

  it('never prints more than is there: the printed interval is within a last digit of the true one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-7, max: 0.9, noNaN: true }),
        (value, relative) => {
          const { value: text } = quantity(value, value * (1 - relative), value * (1 + relative), {
            symbol: '',
            factor: 1,
          })
          expect(Math.abs(Number(text.replace(/\s/g, '')) - value)).toBeLessThanOrEqual(
            Math.max(value * relative, value * 6e-4) * 1.0001,
          )
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })
})

describe('durations', () => {
  it.each([
    [0.25, '0.25 s'],
    [90, '1 min 30 s'],
    [900, '15 min'],
    [5400, '1 h 30 min'],
    [7200, '2 h'],
    [90_061, '1 d 1 h'],
  ])('shows %d s as %s', (seconds, expected) => {
    expect(spaced(formatDuration(seconds))).toBe(expected)
  })
})
