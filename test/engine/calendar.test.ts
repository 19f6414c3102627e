import { describe, expect, it } from 'vitest'
import { Calendar } from '../../engine/calendar.ts'
import { kindMask } from '../../engine/event-heap.ts'
import { Random } from '../../engine/random.ts'

interface Entry {
  time: number
  code: number
  generation: number
}

/** A calendar and a list that is searched for its first entry, which are told the same. */
function twins(gap: (u: number) => number, steps: number) {
  const stale = new Set<number>()
  const calendar = new Calendar({ stale: (_, generation) => stale.has(generation) })
  const random = new Random(11, 0)
  random.select(1, 0, 0, 0)
  let list: Entry[] = []
  let now = 0
  const push = (generation: number): void => {
    const time = now + gap(random.uniform())
    const code = Math.floor(random.uniform() * 1000)
    calendar.pushTime[0] = time
    calendar.push(code, generation)
    if (time < Number.POSITIVE_INFINITY) list.push({ time, code, generation })
  }
  /** Takes what is first off both, stale entries apart; what a list of the times would say. */
  const take = (): void => {
    while (calendar.topTime < Number.POSITIVE_INFINITY && stale.has(calendar.topGeneration)) calendar.pop()
    list = list.filter(entry => !stale.has(entry.generation))
    const first = list.reduce<Entry | null>(
      (best, entry) => (best === null || before(entry, best) ? entry : best),
      null,
    )
    expect(calendar.topTime).toBe(first?.time ?? Number.POSITIVE_INFINITY)
    if (first === null) return
    expect(calendar.topCode).toBe(first.code)
    now = first.time
    list = list.filter(entry => entry.generation !== calendar.topGeneration)
    calendar.pop()
  }
  for (let step = 0; step < steps; step++) {
    push(step)
    if (random.uniform() < 0.3) stale.add(Math.floor(random.uniform() * step))
    if (random.uniform() < 0.6) take()
  }
  for (let left = list.length; left >= 0; left--) take()
}

const before = (a: Entry, b: Entry): boolean => {
  if (a.time !== b.time) return a.time < b.time
  return (a.code & kindMask) !== (b.code & kindMask) ? (a.code & kindMask) < (b.code & kindMask) : a.code < b.code
}

describe('the calendar gives what is first', () => {
  const gaps: Record<string, (u: number) => number> = {
    'of exponential times': u => -10 * Math.log(u),
    'of times that are often the same': u => Math.floor(u * 20),
    'where all is now': () => 0,
    'of a few that are far away': u => (u < 0.95 ? u : 1e7 * u),
    'of some that never come': u => (u < 0.9 ? u * 100 : Number.POSITIVE_INFINITY),
    'of times of all sizes': u => 10 ** (u * 18 - 9),
  }
  for (const [name, gap] of Object.entries(gaps)) it(name, () => twins(gap, 2500))
})
