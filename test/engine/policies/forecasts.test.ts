/** Forecasts: what each says of a course that is known, how far off they are on real years, and the planning on them. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bestSplit, bestStart, type Course, Integral, stepAt } from '../../../engine/policies/forecasts/course.ts'
import { forecasts } from '../../../engine/policies/forecasts/index.ts'
import { Random } from '../../../engine/random.ts'
import { Generator } from '../../reference/generator.ts'
import { sharedPath } from '../../shared.ts'

const hour = 3600
const day = 24 * hour

const hourly = (values: readonly number[], fromS = 0): Course => ({
  atS: values.map((_, i) => fromS + i * hour),
  values,
})

const ask = (name: string, truth: Course, nowS: number, untilS: number, error = 0) =>
  forecasts[name]({ truth, nowS, untilS, error, random: new Random(7, 0), hash: 99 })

const valueAt = ({ atS, values }: Course, time: number) => values[stepAt(atS, time)]

/** Four weeks that all are alike, hour by hour; then the same for two days, twice as high. */
const regular = (h: number) => 100 + 10 * (h % 24) + (Math.floor(h / 24) % 7)
const truth = hourly(
  Array.from({ length: 30 * 24 }, (_, h) => (h < 28 * 24 ? 1 : 2) * regular(h)),
  -28 * day,
)

test.each(Object.keys(forecasts))(
  '%s begins now with what is measured, ascends, and ends before it need not go on',
  name => {
    for (const nowS of [-20 * day, -day + 1800, 0, 5 * hour + 7]) {
      const course = ask(name, truth, nowS, nowS + 2 * day, 0.2)
      expect([course.atS[0], course.values[0]]).toEqual([nowS, valueAt(truth, nowS)])
      expect(course.atS.every((at, i) => i === 0 || at > course.atS[i - 1])).toBe(true)
      expect(course.atS.at(-1)).toBeLessThan(nowS + 2 * day)
    }
  },
)

test('but for perfect and noise none looks into the time to come', () => {
  const cut = truth.atS.filter(at => at <= 0).length
  const known = { atS: truth.atS.slice(0, cut), values: truth.values.slice(0, cut) }
  for (const name of ['persistence', 'last-week', 'seasonal'])
    expect(ask(name, known, 0, day)).toEqual(ask(name, truth, 0, day))
})

test('each says what its name says', () => {
  const at = 30 * hour
  expect(valueAt(ask('perfect', truth, 0, 2 * day), at)).toBe(valueAt(truth, at))
  expect(valueAt(ask('persistence', truth, 0, 2 * day), at)).toBe(valueAt(truth, 0))
  expect(valueAt(ask('last-week', truth, 0, 2 * day), at)).toBe(valueAt(truth, at - 7 * day))
  // The mean of that hour over four weeks, and what now is above the mean of this hour, faded for 30 of 12 hours.
  const mean = (h: number) => 100 + 10 * (h % 24) + 3
  const expected = mean(30) + (2 * regular(0) - mean(0)) * Math.exp(-30 / 12)
  expect(valueAt(ask('seasonal', truth, 0, 2 * day), at)).toBeCloseTo(expected, 9)
})

test('noise has the error that is declared, the same for an hour whenever it is forecast', () => {
  const long = hourly(Array.from({ length: 20_000 }, () => 100))
  const { values } = ask('noise', long, 0, Number.POSITIVE_INFINITY, 0.2)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length)
  expect(mean).toBeCloseTo(100, 0)
  expect(deviation).toBeCloseTo(20, 0)
  expect(valueAt(ask('noise', long, 5 * hour, day, 0.2), 9.5 * hour)).toBe(values[9])
})

const file = sharedPath('data/carbon-em-dev/DE_2021-2024.csv.gz')

describe.skipIf(file === null)(`on real years${file === null ? ' (../shared/data is absent)' : ''}`, () => {
  test('Germany 2022, a day ahead: seasonal is nearest, then last week; each has an error of its own', () => {
    const rows = gunzipSync(readFileSync(file as string))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
    const year = hourly(
      rows.slice(8760 - 28 * 24, 2 * 8760).map(row => Number(row.split(',')[1])),
      -28 * day,
    )
    const error = (name: string) => {
      let [sum, count] = [0, 0]
      for (let nowS = 0; nowS < 360 * day; nowS += 35 * hour)
        for (let h = 1; h <= 24; h++) {
          const actual = valueAt(year, nowS + h * hour)
          const course = h === 1 ? ask(name, year, nowS, nowS + 2 * day) : last
          last = course
          sum += Math.abs(valueAt(course, nowS + h * hour) - actual) / actual
          count++
        }
      return sum / count
    }
    let last: Course = { atS: [0], values: [0] }
    const errors = Object.fromEntries(
      ['perfect', 'persistence', 'last-week', 'seasonal'].map(name => [name, error(name)]),
    )
    expect(errors.perfect).toBe(0)
    expect(errors.seasonal).toBeLessThan(errors.persistence)
    expect(errors.seasonal).toBeLessThan(errors['last-week'])
    for (const name of ['persistence', 'last-week', 'seasonal']) expect(errors[name]).toBeLessThan(0.35)
  })
})

describe('planning on a course', () => {
  const g = new Generator(3)
  const courses = Array.from({ length: 40 }, () => ({
    course: hourly(Array.from({ length: g.whole(1, 12) }, () => g.whole(1, 9))),
    runS: g.whole(1, 4) * 1800,
    fromS: g.whole(0, 3) * 1800,
    slackS: g.whole(0, 8) * 1800,
  }))

  test.each(courses)(
    'the best start is that of brute force, minute by minute %#',
    ({ course, runS, fromS, slackS }) => {
      const integral = new Integral(course)
      const starts = Array.from({ length: slackS / 60 + 1 }, (_, m) => fromS + m * 60)
      const sums = starts.map(start => integral.between(start, start + runS))
      const least = Math.min(...sums)
      expect(bestStart(course, integral, fromS, fromS + slackS, runS)).toEqual({
        fromS: starts[sums.findIndex(sum => sum <= least * (1 + 1e-12))],
        toS: starts[sums.findIndex(sum => sum <= least * (1 + 1e-12))] + runS,
        sum: least,
      })
    },
  )

  test.each(courses)('the best split is the cheapest half hours %#', ({ course, runS, fromS, slackS }) => {
    const halves = Array.from({ length: (runS + slackS) / 1800 }, (_, i) => valueAt(course, fromS + i * 1800))
    const cheapest = [...halves].sort((a, b) => a - b).slice(0, runS / 1800)
    const slice = bestSplit(course, fromS, fromS + slackS + runS, runS)
    expect(slice.sum).toBeCloseTo(1800 * cheapest.reduce((sum, value) => sum + value, 0), 6)
    expect(slice.toS).toBeGreaterThan(slice.fromS)
  })
})
