/** Lublin and Feitelson's model: against its laws, and against a trace that their own program made. */
import { describe, expect, it } from 'vitest'
import { meanInterval } from '../../engine/statistics/intervals.ts'
import { readBytes } from '../../runner/compile/files.ts'
import { findFormat } from '../../runner/formats/index.ts'
import { findGenerator, generate } from '../../runner/generators/index.ts'
import { sharedPath } from '../shared.ts'
import { expectTheory } from '../theory/interval.ts'

const jobs = (options: object, seed = 1) => generate(findGenerator('lublin')!, { jobs: 10_000, ...options }, seed, 'w')

const logs = (values: ArrayLike<number>): number[] => Array.from(values, value => Math.log(Math.max(1, value)))
const gaps = ({ submitS }: { submitS: Float64Array }) => submitS.slice(1).map((time, i) => time - submitS[i])
const share = (values: ArrayLike<number>, holds: (value: number) => boolean): number[] =>
  Array.from(values, value => (holds(value) ? 1 : 0))
/** Of each day with jobs, the share of those in the six hours from `hour` on: jobs of one day come in clusters, days do not. */
function sharesOfDays({ submitS }: { submitS: Float64Array }, hour: number): number[] {
  const days = new Map<number, number[]>()
  for (const time of submitS) {
    const day = Math.floor(time / 86_400)
    const ofDay = (time / 3600) % 24
    days.set(day, [...(days.get(day) ?? []), ofDay >= hour && ofDay < hour + 6 ? 1 : 0])
  }
  return [...days.values()].map(list => list.reduce((sum, value) => sum + value, 0) / list.length)
}

const isPower = (size: number) => size > 1 && Number.isInteger(Math.log2(size))

describe('sizes', () => {
  it('are one node with the share `serial`, a power of two with `powerOfTwo`', () => {
    const { tasks } = jobs({ kind: 'batch', nodes: 1024 })
    expectTheory(
      share(tasks, size => size === 1),
      0.2927,
      0.1,
    )
    // Others are powers of two too, now and then: small ones are rounded to whole nodes.
    const powers = share(tasks, isPower).reduce((sum, value) => sum + value, 0) / tasks.length
    expect(powers).toBeGreaterThan(0.6686 - 0.02)
    expect(powers).toBeLessThan(0.71)
  })

  it('of other jobs are uniform in the logarithm, in two stages', () => {
    const { tasks } = jobs({ kind: 'batch', nodes: 65_536, serial: 0, powerOfTwo: 0 })
    // On 65,536 nodes: from 2^1.2 to 2^14 with 0.875, to 2^16 with the rest.
    expectTheory(Array.from(tasks, Math.log2), (0.875 * (1.2 + 14)) / 2 + (0.125 * (14 + 16)) / 2, 0.02)
    expectTheory(
      share(tasks, size => size > 2 ** 14),
      0.125,
      0.1,
    )
  })

  it('never exceed the machine', () => {
    expect(Math.max(...jobs({ nodes: 100 }).tasks)).toBeLessThanOrEqual(100)
  })
})

describe('run times', () => {
  it('have a logarithm of the second gamma where the first has no share', () => {
    const ln = logs(jobs({ kind: 'alike', pa: 0, pb: 0 }).runS)
    expectTheory(ln, 312 * 0.03, 0.01)
    expectTheory(
      ln.map(value => (value - 312 * 0.03) ** 2),
      312 * 0.03 ** 2,
      0.1,
    )
  })

  it('of large jobs are longer: the second gamma has the share 1 − pa · nodes − pb', () => {
    // Gammas far apart: what lies above 6 is of the second.
    const far = { kind: 'batch', a1: 100, b1: 0.03, a2: 900, b2: 0.01, serial: 0, powerOfTwo: 1 }
    const { runS, tasks } = jobs({ ...far, uLow: 6, uMed: 6, uHi: 6, pa: -0.01, pb: 0.9 })
    expect(new Set(tasks)).toEqual(new Set([64]))
    expectTheory(
      share(logs(runS), value => value > 6),
      1 - (0.9 - 0.64),
      0.05,
    )
  })
})

it('brings no jobs at night and many by day', () => {
  const { submitS } = jobs({ kind: 'interactive' })
  const between = (from: number, to: number) =>
    share(submitS, time => (time / 3600) % 24 >= from && (time / 3600) % 24 < to).reduce((sum, value) => sum + value, 0)
  expect(between(12, 18)).toBeGreaterThan(5 * between(0, 6))
})

it('mixes batch and interactive jobs in order of submission', () => {
  expect([...gaps(jobs({}))].every(gap => gap >= 0)).toBe(true)
})

describe('the trace Lublin-1 of 256 nodes, made by the authors’ program', () => {
  const file = sharedPath('data/swf-rlscheduler/lublin_256.swf.gz')

  it.skipIf(file === null)('is alike in sizes, run times, their correlation, times between jobs and hours', () => {
    const theirs = findFormat('swf')!.read(readBytes(file!), file!, {})
    const ours = jobs({ kind: 'alike', nodes: 256 }, 3)
    const alike = (of: (trace: typeof ours) => number[]) => {
      const [a, b] = [meanInterval(of(theirs), 0.999), meanInterval(of(ours), 0.999)]
      const [between, width] = [(a.low + a.high - b.low - b.high) / 2, Math.hypot(a.high - a.low, b.high - b.low) / 2]
      expect(Math.abs(between), `${between} within ${width}`).toBeLessThanOrEqual(width)
    }
    alike(({ tasks }) => share(tasks, size => size === 1))
    alike(({ tasks }) => share(tasks, isPower))
    alike(({ tasks }) => Array.from(tasks, Math.log2))
    alike(({ runS }) => logs(runS))
    alike(({ runS }) => logs(runS).map(value => (value - 5.68) ** 2))
    alike(({ runS, tasks }) => logs(runS).map((value, i) => (value - 5.68) * (Math.log2(tasks[i]) - 2.5)))
    alike(trace => logs(gaps(trace)))
    for (const hour of [0, 6, 12, 18]) alike(trace => sharesOfDays(trace, hour))
  })
})
