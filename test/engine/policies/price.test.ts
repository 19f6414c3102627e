/** Prices: what energy costs, and price-aware, against all that could have been done, on a Belgian year. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findPolicy, type Model, simulate } from '../../../engine/index.ts'
import { buildModel } from '../../reference/build-model.ts'
import { sharedPath } from '../../shared.ts'

type Steps = [atS: number, perKwh: number][]

const priced = (model: Model, steps: Steps[]): Model => ({
  ...model,
  prices: {
    start: Int32Array.from([0, ...steps.map((_, c) => steps.slice(0, c + 1).flat().length)]),
    atS: Float64Array.from(steps.flat(), ([atS]) => atS),
    perKwh: Float64Array.from(steps.flat(), ([, price]) => price),
  },
})

/** Nodes that draw a kilowatt when busy and nothing else. */
const world = (clusters: string[], jobs: [submitS: number, runS: number][], more = {}): Model =>
  buildModel({
    clusters: clusters.map(name => ({ name, groups: [{ nodes: 4, cpuMilli: 1000, busyW: 1000 }], ...more })),
    workloads: [{ name: 'w', trace: jobs.map(([submitS, runS]) => ({ submitS, runS })) }],
  })

const run = (model: Model, policy: string, options = {}) =>
  simulate(model, findPolicy(policy)!.create(options), { replication: 0, record: { decisions: true, jobs: true } })

describe('the cost of energy', () => {
  it('is the integral of facility power times price, and a price may be below 0', () => {
    const model = priced(world(['a'], [[0, 7200]], { pue: 1.5 }), [
      [
        [0, 0.2],
        [3600, -0.1],
      ],
    ])
    expect(run(model, 'fcfs').clusters.cost[0]).toBeCloseTo(1.5 * (0.2 - 0.1), 12)
  })

  it('is not known where no price is', () => {
    const model = priced(world(['a', 'b'], [[0, 3600]]), [[[0, 0.2]], []])
    const { cost } = run(model, 'fcfs').clusters
    expect(cost[0]).toBeCloseTo(0.2, 12)
    expect(cost[1]).toBeNaN()
    expect(run(world(['a'], [[0, 3600]]), 'fcfs').clusters.cost[0]).toBeNaN()
  })
})

describe('price-aware', () => {
  const options = { forecast: 'perfect', network: 0, reserve: 0 }

  it('goes where it is cheaper, or waits until it is', () => {
    const steps: Steps[] = [
      [
        [0, 0.3],
        [7200, 0.05],
      ],
      [[0, 0.2]],
    ]
    const model = priced(world(['a', 'b'], [[0, 3600]]), steps)
    const later = run(model, 'price-aware', options)
    expect([later.decisions!.node[0], later.decisions!.time[0], later.clusters.cost[0]]).toEqual([0, 7200, 0.05])
    const now = run(model, 'price-aware', { ...options, slackHours: 1 })
    expect([now.decisions!.node[0], now.decisions!.time[0]]).toEqual([4, 0])
  })

  it('knows nothing of emissions', () => {
    const model = priced(world(['a', 'b'], [[0, 3600]], { carbon: [[0, 1]] }), [[[0, 0.3]], [[0, 0.2]]])
    expect(run(model, 'price-aware', options).decisions!.node[0]).toBe(4)
  })

  const folder = sharedPath('data/electricity-price')
  it.skipIf(folder === null)(
    `takes the cheapest start of the day after${folder === null ? ' (../shared/data is absent)' : ''}`,
    () => {
      const rows = gunzipSync(readFileSync(`${folder}/DAM_prices.csv.gz`))
        .toString()
        .trim()
        .split('\n')
        .slice(1)
      const hours = rows.slice(0, 2000).map(row => Number(row.split(',')[1]))
      const steps = hours.map((price, hour): [number, number] => [hour * 3600, price])
      const jobs = Array.from({ length: 60 }, (_, i): [number, number] => [i * 26 * 3600, 2.5 * 3600])
      const { clusters } = run(priced(world(['be'], jobs), [steps]), 'price-aware', { ...options, slackHours: 24 })
      const costFrom = (beginH: number): number => {
        let cost = 0
        for (let h = Math.floor(beginH); h < beginH + 2.5; h++)
          cost += hours[h] * (Math.min(h + 1, beginH + 2.5) - Math.max(h, beginH))
        return cost
      }
      const cheapest = (submitH: number): number =>
        Math.min(...Array.from({ length: 49 }, (_, half) => costFrom(submitH + half / 2)))
      const best = jobs.reduce((sum, [submitS]) => sum + cheapest(submitS / 3600), 0)
      expect(clusters.cost[0]).toBeCloseTo(best, 6)
    },
  )
})
