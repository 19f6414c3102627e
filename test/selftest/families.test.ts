/** Every family of the selftest holds on this engine, and would not if its expected values or its model were wrong. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Policy, RunResult } from '../../engine/index.ts'
import { type Experiment, experiment, type Family, type Line, type Question } from '../../runner/selftest/experiment.ts'
import { coverageOf } from '../../runner/selftest/families/coverage.ts'
import { finiteRoom } from '../../runner/selftest/families/finite-room.ts'
import { families } from '../../runner/selftest/families/index.ts'
import { mg1 } from '../../runner/selftest/families/mg1.ts'
import { mm1 } from '../../runner/selftest/families/mm1.ts'
import { processorSharing } from '../../runner/selftest/families/processor-sharing.ts'
import { priorities } from '../../runner/selftest/families/two-classes.ts'
import { FiniteRoom } from '../../runner/selftest/finite-room.ts'
import { bounds, judge } from '../../runner/selftest/judge.ts'
import { type Measured, measure } from '../../runner/selftest/measure.ts'
import { simulated } from '../../runner/selftest/simulated.ts'
import { ordinals, twoClassesWorld } from '../../runner/selftest/two-classes.ts'
import { queue, work } from '../../runner/selftest/worlds.ts'

let measured: Measured[]
beforeAll(async () => {
  measured = await measure(families, { seed: 1, long: false })
  // Seconds; but tests share their processors.
}, 300_000)

/** The same lines, with all they expect multiplied. */
const offBy = (factor: number, rows: readonly Measured[]): Measured[] =>
  rows.map(row => {
    const [from, to] = bounds(row.line.expected)
    return { ...row, line: { ...row.line, expected: [from * factor, to * factor] } }
  })

/** Lines of an experiment asked about another model or policy; the level is that of the whole table. */
async function failing(
  lines: Experiment['lines'],
  prepare: (seed: number) => (trial: number) => RunResult,
  trials = 60,
) {
  const wrong: Family = {
    name: 'wrong',
    source: '',
    experiments: [experiment({ trials, prepare, questions: lines as readonly Question<RunResult>[] })],
  }
  const rows = await measure([wrong], { seed: 1, long: false })
  const verdicts = judge([...rows, ...measured]).slice(0, rows.length)
  return verdicts.filter(({ holds }) => !holds).map(({ line }) => line.what)
}

describe('on this engine', () => {
  it('every line holds', () => {
    const wrong = judge(measured).filter(({ holds }) => !holds)
    expect(wrong.map(({ family, line, measured: found, error }) => [family.name, line.what, found, error])).toEqual([])
  })

  it('no two lines of a family, and no two families, are called the same', () => {
    const names = measured.map(({ family, line }) => `${family.name} ${line.what}`)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(families.map(({ name }) => name)).size).toBe(families.length)
  })

  it('other luck gives other figures, the same luck the same', async () => {
    const one = { ...mm1, experiments: [{ ...mm1.experiments[0], trials: 2 }] }
    const values = async (seed: number) => (await measure([one], { seed, long: false })).map(row => [...row.values])
    expect(await values(5)).toEqual(await values(5))
    expect(await values(5)).not.toEqual(await values(6))
  })
})

describe('with expected values that are wrong', () => {
  const withLuck = families.filter(
    ({ name, experiments }) =>
      name !== '95 % intervals' && experiments.some(({ lines }) => lines.some(({ test }) => test === 'mean')),
  )
  const failingIn = (family: Family, factor: number, test?: Line['test']) =>
    judge(offBy(factor, measured)).filter(
      verdict => verdict.family === family && !verdict.holds && (test === undefined || verdict.line.test === test),
    )

  it.each(withLuck)('by 8 %: $name fails', family => {
    expect(failingIn(family, 1.08, 'mean').length).toBeGreaterThan(0)
    expect(failingIn(family, 1 / 1.08, 'mean').length).toBeGreaterThan(0)
  })

  it('by 25 %: each line fails', () => {
    const held = judge(offBy(1.25, measured)).filter(({ holds, line }) => holds && line.test !== 'share')
    expect(held.map(({ line }) => line.what)).toEqual([])
  })

  it('by 0.1 %: each line without luck fails', () => {
    // Printed figures have few digits.
    const held = judge(offBy(1.001, measured)).filter(
      ({ holds, line }) => holds && line.test === 'each' && line.slack === undefined,
    )
    expect(held.map(({ line }) => line.what)).toEqual([])
  })

  it('intervals of 70 % do not pass for intervals of 95 %', async () => {
    const rows = await measure([coverageOf(0.7)], { seed: 1, long: false })
    expect(
      judge([...rows, ...measured])
        .slice(0, rows.length)
        .map(({ holds }) => holds),
    ).toEqual([false, false, false])
  })
})

describe('with a model or a policy that is wrong', () => {
  it('a room with one place more', async () => {
    const world = queue({ rate: 1.8, duration: work.exponential, maxJobs: 5000, warmup: '100s', nodes: 2 })
    const [{ lines }] = finiteRoom.experiments
    expect(await failing(lines, simulated(world, { policy: () => new FiniteRoom(3) }))).toEqual([])
    expect(await failing(lines, simulated(world, { policy: () => new FiniteRoom(4) }))).toEqual(
      lines.map(({ what }) => what),
    )
  })

  it('last come, first served, though the mean is the same', async () => {
    const lastFirst = (): Policy => ({
      order: { key: (pass, stage) => -pass.submitTimeOf(stage) },
      decide(pass) {
        const choice = { score: Number.NaN, choose: () => pass.firstFit(pass.head()) }
        while (pass.head() >= 0 && pass.place(pass.head(), choice));
        if (pass.head() >= 0) pass.hold()
      },
    })
    const world = queue({ rate: 0.5, duration: work.exponential, maxJobs: 5000, warmup: '200s' })
    const [{ lines }] = mm1.experiments
    expect(await failing(lines, simulated(world, { policy: lastFirst }))).toEqual([lines[2].what])
  })

  it('work of another law', async () => {
    const world = queue({ rate: 0.5, duration: work.exponential, maxJobs: 5000, warmup: '300s' })
    for (const { lines } of mg1.experiments) expect((await failing(lines, simulated(world))).length).toBe(1)
  })

  it('a core that is not shared', async () => {
    const world = queue({ rate: 0.5, duration: work.constant, maxJobs: 4000, warmup: '300s' })
    expect((await failing(processorSharing.experiments[0].lines, simulated(world))).length).toBe(1)
  })

  it('first come instead of shortest first', async () => {
    const { maxJobs } = ordinals(2000)
    const world = twoClassesWorld({ maxJobs, policies: ['fcfs'] })
    const [{ lines }] = priorities.experiments
    expect((await failing(lines, simulated(world, { record: { jobs: true } }))).length).toBe(2)
  })
})

describe('what cannot be simulated', () => {
  it('is said in the lines of its experiment; the others go on', async () => {
    const queueOfOne = queue({ rate: 1, duration: work.constant, warmup: '0s', maxJobs: 1 })
    const prepare = simulated({ ...queueOfOne, policies: ['no-such' as 'fcfs'] })
    const [{ lines }] = mg1.experiments
    const broken = experiment({ trials: 5, prepare, questions: lines as readonly Question<RunResult>[] })
    const sound = { ...mg1.experiments[0], trials: 2 }
    const rows = await measure([{ name: 'f', source: '', experiments: [broken, sound] }], { seed: 1, long: false })
    expect(rows.map(({ error, values }) => [error === null, values.length])).toEqual([
      [false, 0],
      [true, 2],
    ])
    expect(rows[0].error).toContain('no-such')
  })
})

describe('interruption', () => {
  it('ends in the middle of an experiment, with the reason of the signal', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('enough'))
    await expect(measure(families, { seed: 1, long: true, signal: controller.signal, onProgress })).rejects.toThrow(
      'enough',
    )
  })
})
