/** The formulas themselves, where they are known from elsewhere or must agree with each other. */
import { describe, expect, it } from 'vitest'
import { atLeast, upShare } from '../../runner/selftest/theory/availability.ts'
import { birthDeath, jobsInRoom } from '../../runner/selftest/theory/birth-death.ts'
import { erlangB, erlangC } from '../../runner/selftest/theory/erlang.ts'
import { waitByPriority, waitOfAllInOrder } from '../../runner/selftest/theory/priority.ts'
import { responseQuantile, sharedResponse, waitInOrder } from '../../runner/selftest/theory/single-server.ts'

describe('Erlang', () => {
  it('turns away what the sum says: a^c / c! over Σ aⁿ / n!', () => {
    expect(erlangB(2, 1)).toBeCloseTo(1 / 2 / (1 + 1 + 1 / 2), 15)
    expect(erlangB(3, 2)).toBeCloseTo(8 / 6 / (1 + 2 + 2 + 8 / 6), 15)
    // 10 lines at 5 erlangs, as in printed tables.
    expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6)
  })

  it('delays 1/3 at two servers and one erlang, and ρ at one server', () => {
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 15)
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 15)
  })

  it('agrees with the states of a finite room, and of one as good as infinite', () => {
    expect(jobsInRoom(4, 4, 3).at(-1)).toBeCloseTo(erlangB(4, 3), 14)
    const waiting = jobsInRoom(4, 400, 3).slice(4)
    expect(waiting.reduce((sum, p) => sum + p)).toBeCloseTo(erlangC(4, 3), 12)
  })
})

describe('birth and death', () => {
  it('flows up as often as down', () => {
    const [births, deaths] = [
      [3, 2, 0.5],
      [1, 4, 2],
    ]
    const p = birthDeath(births, deaths)
    expect(p.reduce((sum, value) => sum + value)).toBeCloseTo(1, 15)
    births.forEach((birth, n) => {
      expect(p[n] * birth).toBeCloseTo(p[n + 1] * deaths[n], 15)
    })
  })
})

describe('one server', () => {
  it('waits and responds as M/M/1 does: ρ / (1 − ρ) and 1 / (1 − ρ)', () => {
    expect(waitInOrder(0.7, 1, 1)).toBeCloseTo(0.7 / 0.3, 14)
    expect(sharedResponse(0.7, 1)).toBeCloseTo(1 / 0.3, 14)
    expect(responseQuantile(0.7, 1, 0.95)).toBeCloseTo(Math.log(20) / 0.3, 12)
  })

  it('waits half as long for constant work', () => expect(waitInOrder(0.6, 2, 0) * 2).toBe(waitInOrder(0.6, 2, 1)))

  it('keeps the work that waits whatever the order (Kleinrock’s conservation law)', () => {
    const classes = [
      { rate: 0.3, meanS: 0.5, cv: 1 },
      { rate: 0.2, meanS: 1.5, cv: 0 },
    ]
    const load = (k: number) => classes[k].rate * classes[k].meanS
    const ahead = waitByPriority(classes)
    const behind = waitByPriority([classes[1], classes[0]])
    expect(load(0) * ahead[0] + load(1) * ahead[1]).toBeCloseTo(load(0) * behind[1] + load(1) * behind[0], 14)
    expect(ahead[0]).toBeLessThan(behind[1])
    expect(waitByPriority([classes[0]])[0]).toBe(waitInOrder(0.3, 0.5, 1))
    const inOrder = waitOfAllInOrder(classes)
    expect((load(0) + load(1)) * inOrder).toBeCloseTo(load(0) * ahead[0] + load(1) * ahead[1], 14)
  })
})

describe('availability', () => {
  it('of one is the share of up time, of all its power, of any the rest of none', () => {
    const p = upShare(90, 10)
    expect(p).toBe(0.9)
    expect(atLeast(1, 1, p)).toBeCloseTo(p, 15)
    expect(atLeast(3, 3, p)).toBeCloseTo(p ** 3, 14)
    expect(atLeast(1, 3, p)).toBeCloseTo(1 - (1 - p) ** 3, 14)
    expect(atLeast(2, 3, p)).toBeCloseTo(3 * p * p * (1 - p) + p ** 3, 14)
  })
})
