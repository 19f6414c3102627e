/** Bags of tasks: sizes, times between bags, and how alike the tasks of one are. */
import { expect, it } from 'vitest'
import { findGenerator, generate } from '../../runner/generators/index.ts'
import { expectTheory, mean } from '../theory/interval.ts'

const trace = (options: object) => generate(findGenerator('bags')!, { jobs: 40_000, ...options }, 5, 'w')

/** Rows of each bag: those of one submission. The last may be cut short and is left out. */
function bagsOf({ submitS }: { submitS: Float64Array }): number[][] {
  const bags: number[][] = []
  for (const [row, time] of submitS.entries()) {
    if (row === 0 || time !== submitS[row - 1]) bags.push([])
    bags.at(-1)!.push(row)
  }
  return bags.slice(0, -1)
}

it('come at the declared times, as large as declared', () => {
  const jobs = trace({ size: 20, sizeShape: 2, bagIntervalS: 300, intervalShape: 3 })
  const bags = bagsOf(jobs)
  const times = bags.map(([first]) => jobs.submitS[first])
  expectTheory(
    times.slice(1).map((time, i) => time - times[i]),
    300,
  )
  // Rounded to whole numbers, at least 1: no more than half a task off.
  expect(Math.abs(mean(bags.map(bag => bag.length)) - 20)).toBeLessThan(1)
})

it('vary between bags and within them as declared', () => {
  const jobs = trace({ size: 4, runS: 100, cvBetween: 0.5, cvWithin: 0.1 })
  const bags = bagsOf(jobs)
  const typical = bags.map(([first]) => jobs.estimateS[first])
  expectTheory(typical, 100)
  expectTheory(
    typical.map(value => (value / 100 - 1) ** 2),
    0.25,
    0.2,
  )
  const within = bags.map(([first]) => jobs.runS[first] / jobs.estimateS[first])
  expectTheory(within, 1, 0.01)
  expectTheory(
    within.map(value => (value - 1) ** 2),
    0.01,
    0.2,
  )
})

it('are alike to the last digit without variation', () => {
  const { runS, estimateS } = trace({ jobs: 100, cvBetween: 0, cvWithin: 0, runS: 7 })
  expect(new Set(runS)).toEqual(new Set([7]))
  expect(runS).toEqual(estimateS)
})
