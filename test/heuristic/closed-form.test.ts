/** The closed form: Sakasegawa's approximation against published values, exact formulas and simulation; the rest by hand. */
import { describe, expect, test } from 'vitest'
import { distributions } from '../../engine/distributions.ts'
import { simulate } from '../../engine/index.ts'
import { fcfs } from '../../engine/policies/fcfs.ts'
import { withDefaults } from '../../engine/schema.ts'
import { closedForm } from '../../runner/heuristic/closed-form.ts'
import { sakasegawaWait } from '../../runner/heuristic/sakasegawa.ts'
import { cvOf } from '../../runner/heuristic/spread.ts'
import { erlangC } from '../../runner/selftest/theory/erlang.ts'
import { waitInOrder } from '../../runner/selftest/theory/single-server.ts'
import { tinyModel } from '../reference/tiny-model.ts'

describe('Sakasegawa', () => {
  /** VividCortex/approx-queueing-theory prints Lq of M/M/c exactly, and so approximated: [c, ρ, exact, approximated]. */
  test.each([
    [1, 0.9, 8.1, 8.1],
    [2, 0.5, 0.333333, 0.366151],
    [2, 0.99, 97.517487, 97.568236],
    [4, 0.5, 0.173913, 0.223403],
    [4, 0.9, 7.089779, 7.166418],
    [8, 0.3, 0.001516, 0.00864],
  ])('M/M/%i at ρ = %d has the published queue', (c, rho, exact, approximated) => {
    expect((erlangC(c, c * rho) * rho) / (1 - rho)).toBeCloseTo(exact, 6)
    // Lq = λ · Wq with λ = c · ρ and a mean of 1.
    expect(c * rho * sakasegawaWait(c, rho, 1, 1)).toBeCloseTo(approximated, 6)
  })

  test('is off in the probability of waiting by less than 0.06, as is said of it', () => {
    for (let c = 1; c <= 200; c++)
      for (let rho = 0.01; rho < 1; rho += 0.01) {
        const approximated = sakasegawaWait(c, rho, 1, 1) * c * (1 - rho)
        expect(Math.abs(approximated - erlangC(c, c * rho))).toBeLessThan(0.06)
      }
  })

  test('is exact for one server with any service time', () => {
    for (const cv of [0, 0.5, 1, 3])
      expect(sakasegawaWait(1, 0.8, 2, (1 + cv * cv) / 2)).toBeCloseTo(waitInOrder(0.4, 2, cv), 12)
  })

  test('has no end where the servers cannot keep up', () => expect(sakasegawaWait(3, 1, 1, 1)).toBe(Infinity))
})

test('coefficients of variation are those of the table’s distributions', () => {
  const index = (name: string) => distributions.findIndex(entry => entry.name === name)
  expect(cvOf(index('constant'), 3, 0)).toBe(0)
  expect(cvOf(index('exponential'), 3, 0)).toBe(1)
  expect(cvOf(index('uniform'), 0, 6)).toBeCloseTo(1 / Math.sqrt(3), 12)
  expect(cvOf(index('lognormal'), 3, 0.7)).toBe(0.7)
  expect(cvOf(index('weibull'), 3, 1)).toBeCloseTo(1, 9)
  expect(cvOf(index('weibull'), 3, 2)).toBeCloseTo(Math.sqrt(4 / Math.PI - 1), 9)
})

const request = { cpuMilli: 1000 }

describe('a fabric', () => {
  test.each([
    [1, 0.7],
    [4, 0.8],
    [10, 0.9],
  ])('of %i nodes at ρ = %d is M/M/c, and near what is simulated', (nodes, rho) => {
    const work = { kind: 'exponential', a: 2 }
    const model = tinyModel({
      nodes,
      warmupS: 2000,
      workloads: [{ name: 'w', request, work, poisson: { ratePerS: (nodes * rho) / 2, maxJobs: 60_000 } }],
    })
    const [{ waitS, latencyS, workS, utilisation }] = closedForm(model)
    expect(utilisation).toBeCloseTo(rho, 12)
    expect(workS).toBe(2)
    expect(waitS).toBeCloseTo(sakasegawaWait(nodes, rho, 2, 1), 12)
    const { samples } = simulate(model, fcfs.create(withDefaults({}, fcfs.options)), { replication: 0 })
    const mean = samples.latency.reduce((sum, value) => sum + value, 0) / samples.latency.length
    expect(Math.abs(mean / latencyS! - 1)).toBeLessThan(0.1)
  })

  test('part by part, by hand: half of the work on a cluster a second away, twice as swift with half the nodes', () => {
    const model = tinyModel({
      clusters: [
        { name: 'a', groups: [{ nodes: 2, cpuMilli: 1000, startupS: 0.5 }] },
        { name: 'b', groups: [{ nodes: 1, cpuMilli: 1000, speed: 2, startupS: 1.5 }] },
      ],
      latency: [
        ['a', 'b', 1],
        ['b', 'a', 3],
      ],
      bandwidth: [
        ['a', 'b', 100],
        ['b', 'a', 50],
      ],
      workloads: [
        {
          name: 'w',
          request,
          work: { kind: 'constant', a: 8 },
          inputBytes: 200,
          outputBytes: 100,
          renewal: { interval: { kind: 'constant', a: 16 }, maxJobs: 10 },
        },
      ],
    })
    const [{ waitS, waysS, startupS, workS, latencyS, utilisation }] = closedForm(model)
    // In half of the cases: 1 s + 200 B / (100 B/s) there, 3 s + 100 B / (50 B/s) back.
    expect(waysS).toBe((1 + 2) / 2 + (3 + 2) / 2)
    expect(startupS).toBe((0.5 + 1.5) / 2)
    expect(workS).toBe((8 + 4) / 2)
    // Nodes are held for the way out (its mean), start-up and work: half of 1/16 a second each.
    expect(utilisation).toBeCloseTo(((1.5 + 0.5 + 8) / 32 + (1.5 + 1.5 + 4) / 32) / 3, 12)
    expect(latencyS).toBeCloseTo(waitS! + waysS + startupS + workS, 12)
  })

  test('stages one after another add up along the longest path; what is overloaded has no latency', () => {
    const stage = (a: number, after: number[] = []) => ({ request, after, work: { kind: 'constant', a } })
    const world = (ratePerS: number) =>
      tinyModel({
        nodes: 4,
        workloads: [
          {
            name: 'w',
            poisson: { ratePerS, maxJobs: 9 },
            stages: [stage(1), stage(5, [0]), stage(2, [0]), stage(1, [1, 2])],
          },
        ],
      })
    const [calm] = closedForm(world(1e-9))
    expect(calm.workS).toBe(7)
    expect(calm.latencyS).toBeCloseTo(7, 6)
    expect(closedForm(world(1))[0]).toMatchObject({ waitS: null, latencyS: null, workS: 7 })
  })

  test('a trace has the rate, the variation and the classes that it has', () => {
    const trace = [0, 10, 20, 30].map((submitS, i) => ({ submitS, runS: i % 2 === 0 ? 2 : 6 }))
    const [{ utilisation, workS, waitS }] = closedForm(tinyModel({ workloads: [{ name: 'w', request, trace }] }))
    expect([utilisation, workS]).toEqual([0.4, 4])
    // Nothing varies between jobs; the squared variation of the work is 4 / 16.
    expect(waitS).toBeCloseTo(((0.25 / 2) * 0.4 * 4) / 0.6, 12)
  })
})
