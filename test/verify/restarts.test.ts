import { expect, test } from 'vitest'
import { type AttemptEnd, attemptEnds, emptyAttempts } from '../../runner/verify/attempts.ts'
import { restarts } from '../../runner/verify/restarts.ts'

/** Attempts as [job, begin, end, how it ended], all of one stage of each job. */
function attemptsFrom(rows: [number, number, number, AttemptEnd][]) {
  const attempts = emptyAttempts(rows.length)
  for (const [row, [ordinal, beginS, endS, end]] of rows.entries()) {
    attempts.ordinal[row] = ordinal
    attempts.beginS[row] = beginS
    attempts.endS[row] = endS
    attempts.end[row] = attemptEnds.indexOf(end)
  }
  return attempts
}
const never = Number.NaN
const after40 = () => 40

test('from a loss to the next begin; none where nothing began again', () => {
  const attempts = attemptsFrom([
    [0, 5, 10, 'lost'],
    [0, 52, 60, 'finished'],
    [1, 5, 10, 'lost'],
    [2, 5, 12, 'finished'],
  ])
  expect(restarts(attempts, after40)).toEqual([42])
})

test('losses on neighbours that are dark too count once, to the begin that lasts', () => {
  const attempts = attemptsFrom([
    [0, 5, 10, 'lost'],
    [0, 51, 54, 'lost'],
    [0, 56, 70, 'finished'],
    [1, 5, 10, 'lost'],
    [1, never, 54, 'lost'],
    [1, 57, 70, 'finished'],
  ])
  expect(restarts(attempts, after40)).toEqual([46, 47])
})

test('another failure, after it ran for longer than a dark node goes unnoticed, counts by itself', () => {
  const attempts = attemptsFrom([
    [0, 5, 10, 'lost'],
    [0, 52, 100, 'lost'],
    [0, 143, 150, 'finished'],
  ])
  expect(restarts(attempts, after40)).toEqual([42, 43])
})

test('an attempt and its shadow lost at once are one loss', () => {
  const attempts = attemptsFrom([
    [0, 5, 10, 'lost'],
    [0, 6, 10, 'lost'],
    [0, 52, 60, 'finished'],
  ])
  expect(restarts(attempts, after40)).toEqual([42])
})
