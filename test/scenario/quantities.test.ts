import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type QuantityName, quantities, readEnergy, readMass, readRatio } from '../../runner/scenario/quantities.ts'
import { QuantityError } from '../../runner/scenario/quantity-error.ts'
import { quantities as schemas } from '../../schemas/scalars.ts'

const read = quantities

describe('known values', () => {
  test.each<[QuantityName, unknown, number | string]>([
    ['duration', '2m30s', 150],
    ['duration', '400ms', 0.4],
    ['duration', '700ms', 0.7],
    ['duration', '1.5h', 5400],
    ['duration', '.5s', 0.5],
    ['duration', '1d12h', 129_600],
    ['duration', '250us', 0.00025],
    ['duration', '250µs', 0.00025],
    ['duration', 0, 0],
    ['cpu', '500m', 500],
    ['cpu', 2, 2000],
    ['cpu', 0.1, 100],
    ['cpu', 1.1, 1100],
    ['cpu', '0.001', 1],
    ['memory', '2Gi', 2_147_483_648],
    ['memory', '512Mi', 536_870_912],
    ['memory', '20MB', 20_000_000],
    ['memory', '20M', 20_000_000],
    ['memory', '1e9', 1e9],
    ['memory', 1e9, 1e9],
    ['memory', '0.1Gi', 107_374_183],
    ['gpu', 2, 2],
    ['gpu', 0.25, 0.25],
    ['gpu', 0.001, 0.001],
    ['bandwidth', '1Gbps', 125_000_000],
    ['bandwidth', '100 Mbps', 12_500_000],
    ['bandwidth', '8kbps', 1000],
    ['bandwidth', '8bps', 1],
    ['bandwidth', '0.001Tbps', 125_000_000],
    ['bandwidth', '1.5MB/s', 1_500_000],
    ['bandwidth', '1 kB/s', 1000],
    ['bandwidth', '2GB/s', 2e9],
    ['bandwidth', '7B/s', 7],
    ['rate', '5/s', 5],
    ['rate', '2k/s', 2000],
    ['rate', '30/min', 0.5],
    ['rate', '36/h', 0.01],
    ['watts', '45W', 45],
    ['watts', '1.2kW', 1200],
    ['watts', 77.4, 77.4],
    ['share', '93%', 0.93],
    ['share', 0.5, 0.5],
    ['scaling', '1:100', 100],
    ['scaling', 50, 50],
    ['time', '2026-07-01T06:00:00+02:00', '2026-07-01T04:00:00Z'],
    ['time', '2026-07-01', '2026-07-01T00:00:00Z'],
    ['time', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('%s %j', (name, text, expected) => expect(read[name](text)).toBe(expected))

  test('energy', () => {
    expect(readEnergy('40 kWh')).toBe(144_000_000)
    expect(readEnergy('3.6MJ')).toBe(3_600_000)
    expect(readEnergy('12 J')).toBe(12)
  })

  test('masses', () => {
    expect(readMass('5 kg')).toBe(5000)
    expect(readMass('1.2t')).toBe(1_200_000)
    expect(() => readMass('5 kWh')).toThrow(QuantityError)
  })

  test('ratios', () => {
    expect(readRatio('1%')).toBe(0.01)
    expect(readRatio('2.5')).toBe(2.5)
  })
})

describe('refused', () => {
  test.each<[QuantityName, unknown, string]>([
    ['duration', 90, 'bad-quantity'],
    ['duration', '90', 'bad-quantity'],
    ['duration', '-1s', 'out-of-range'],
    ['duration', '2 h', 'bad-quantity'],
    ['duration', '2000y', 'bad-quantity'],
    ['duration', '99999999999999h', 'out-of-range'],
    ['positiveDuration', '0s', 'out-of-range'],
    ['cpu', '0.5m', 'bad-quantity'],
    ['cpu', 0.0005, 'bad-quantity'],
    ['cpu', 1e7, 'out-of-range'],
    ['cpu', Number.NaN, 'bad-quantity'],
    ['cpu', Number.POSITIVE_INFINITY, 'bad-quantity'],
    ['positiveCpu', 0, 'out-of-range'],
    ['memory', '2gb', 'bad-quantity'],
    ['memory', '9000Pi', 'out-of-range'],
    ['memory', '5constructor', 'bad-quantity'],
    ['gpu', 1.5, 'bad-quantity'],
    ['gpu', 0.0005, 'bad-quantity'],
    ['gpu', '1', 'bad-quantity'],
    ['gpu', -0.5, 'out-of-range'],
    ['gpu', 1025, 'out-of-range'],
    ['gpu', Number.NaN, 'bad-quantity'],
    ['bandwidth', 1000, 'bad-quantity'],
    ['bandwidth', '1000', 'bad-quantity'],
    ['bandwidth', '1gbps', 'bad-quantity'],
    ['bandwidth', '1Gb/s', 'bad-quantity'],
    ['bandwidth', '1e3Mbps', 'bad-quantity'],
    ['bandwidth', '0Mbps', 'out-of-range'],
    ['bandwidth', '-1Mbps', 'out-of-range'],
    ['bandwidth', '99999999GB/s', 'out-of-range'],
    ['bandwidth', ['1Gbps'], 'bad-quantity'],
    ['rate', 5, 'bad-quantity'],
    ['rate', '0/s', 'out-of-range'],
    ['rate', `${'9'.repeat(400)}/s`, 'out-of-range'],
    ['watts', '5 kWh', 'bad-quantity'],
    ['watts', `${'9'.repeat(400)}W`, 'bad-quantity'],
    ['share', 1.01, 'out-of-range'],
    ['share', '101%', 'out-of-range'],
    ['scaling', '0:1', 'bad-quantity'],
    ['scaling', 0.5, 'out-of-range'],
    ['time', '2026-02-30', 'bad-quantity'],
    ['time', 'soon', 'bad-quantity'],
    ['time', '2026-01-01T25:00:00Z', 'bad-quantity'],
    ['duration', null, 'bad-quantity'],
    ['memory', ['2Gi'], 'bad-quantity'],
  ])('%s %j is %s', (name, value, code) => {
    let thrown: unknown
    try {
      read[name](value)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(QuantityError)
    expect((thrown as QuantityError).code).toBe(code)
    expect((thrown as QuantityError).hint).toMatch(/[.?]$/)
  })
})

describe('round trips', () => {
  const whole = (max: number) => fc.integer({ min: 0, max })

  test('milliseconds', () => fc.assert(fc.property(whole(2 ** 31), n => read.duration(`${n}ms`) === n / 1000)))
  test('days, hours, minutes, seconds', () => {
    fc.assert(
      fc.property(
        whole(99),
        whole(23),
        whole(59),
        whole(59),
        (d, h, m, s) => read.duration(`${d}d${h}h${m}m${s}s`) === d * 86_400 + h * 3600 + m * 60 + s,
      ),
    )
  })
  test('millicores by either notation', () => {
    fc.assert(
      fc.property(
        whole(2_000_000),
        n => read.cpu(`${n}m`) === n && read.cpu(n / 1000) === n && read.cpu(String(n / 1000)) === n,
      ),
    )
  })
  test('bytes by every unit', () => {
    const units = { k: 1e3, M: 1e6, GB: 1e9, Ki: 1024, Mi: 1024 ** 2, GiB: 1024 ** 3 }
    fc.assert(
      fc.property(
        whole(8000),
        fc.constantFrom(...Object.entries(units)),
        (n, [unit, factor]) => read.memory(`${n}${unit}`) === n * factor,
      ),
    )
  })
  test('watts', () =>
    fc.assert(fc.property(whole(1e9), n => read.watts(`${n}mW`) === n / 1000 && read.watts(`${n}kW`) === n * 1000)))
  test('rates', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        n => read.rate(`${n}/h`) === n / 3600 && read.rate(`${n}k/s`) === n * 1000,
      ),
    ))
  test('percentages', () => fc.assert(fc.property(whole(100), n => read.share(`${n}%`) === n / 100)))
  test('scalings', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), n => read.scaling(`1:${n}`) === n && read.scaling(n) === n),
    ))
})

describe('the pattern that editors check lets pass what can be read', () => {
  const parts = fc.constantFrom(
    '1',
    '0',
    '2.5',
    '.5',
    '-1',
    ' ',
    'e3',
    'm',
    's',
    'ms',
    'h',
    'Gi',
    'MB',
    'k',
    '/s',
    '/min',
    '%',
    'W',
    'kW',
    'Mbps',
    'kB',
    '1:',
    ':',
    'x',
  )
  const texts = fc.array(parts, { minLength: 1, maxLength: 4 }).map(list => list.join(''))

  test.each(Object.entries(schemas).map(([name, { pattern }]) => ({ name, form: pattern })))(
    '$name',
    ({ name, form }) => {
      const pattern = new RegExp(form ?? '', 'u')
      const readable = (text: string) => {
        try {
          read[name as QuantityName](text)
          return true
        } catch (error) {
          if (error instanceof QuantityError) return false
          throw error
        }
      }
      fc.assert(
        fc.property(texts, text => !readable(text) || pattern.test(text)),
        { numRuns: 2000 },
      )
    },
  )
})
