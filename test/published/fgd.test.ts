/**
 * Weng et al., Beware of Fragmentation (ATC'23): share of GPUs that are allocated when pods ask for 130 % of them, on
 * openb. Theirs are means of ten seeds (hkust-adsl/kubernetes-scheduler-simulator, expected_results, Apache-2.0); the order
 * of pods and which are drawn again depend on the seed, so means are held against means, ± 1 point.
 */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { readOpenb } from './openb.ts'

const folder = new URL('../../../shared/data/alibaba-openb/', import.meta.url).pathname
const isMissing = !existsSync(folder)

/** Percent of GPUs by policy. */
const published: Record<string, Record<string, number>> = {
  default: {
    random: 87.47,
    'dot-product': 90.849,
    'gpu-clustering': 91.878,
    'gpu-packing': 92.002,
    'best-fit-gpu': 93.076,
    fgd: 95.391,
  },
  gpushare40: {
    random: 86.002,
    'dot-product': 89.559,
    'gpu-clustering': 90.015,
    'gpu-packing': 90.03,
    'best-fit-gpu': 91.689,
    fgd: 94.148,
  },
}

const seeds = process.env.FABRICDT_LONG ? [...Array(10).keys()] : [0, 1]

describe.skipIf(isMissing)(`FGD's table${isMissing ? ' (../shared/data is absent)' : ''}`, () => {
  for (const [mix, figures] of Object.entries(published)) {
    it(`GPUs allocated at 130 % demand, ${mix}`, { timeout: 600_000 }, () => {
      const worlds = seeds.map(seed => readOpenb(folder, mix, 1.3, seed))
      const means = Object.keys(figures).map(policy => {
        const percents = worlds.map(world => allocated(world, policy))
        return { policy, percent: percents.reduce((sum, percent) => sum + percent, 0) / percents.length }
      })
      for (const { policy, percent } of means)
        expect(Math.abs(percent - figures[policy]), `${policy}: ${percent}`).toBeLessThan(1)
      const ranking = (names: string[]) =>
        means
          .filter(({ policy }) => names.includes(policy))
          .sort((a, b) => a.percent - b.percent)
          .map(({ policy }) => policy)
      const clear = ['random', 'dot-product', 'best-fit-gpu', 'fgd']
      expect(ranking(clear)).toEqual(clear)
      // These two are published 0.1 and 0.02 points apart, each between its neighbours.
      for (const name of ['gpu-clustering', 'gpu-packing'])
        expect(ranking(['random', name, 'best-fit-gpu', 'fgd'])).toEqual(['random', name, 'best-fit-gpu', 'fgd'])
    })
  }
})

function allocated({ model, gpuMilli, requests }: ReturnType<typeof readOpenb>, policy: string): number {
  const entry = findPolicy(policy)
  if (entry === undefined) throw new Error(policy)
  const record = { decisions: true, series: false }
  const { decisions } = simulate(model, entry.create({ blocking: false }), { replication: 0, record })
  const placed = Array.from(decisions?.ordinal ?? [], ordinal => requests[ordinal].gpuMilli ?? 0)
  return (100 * placed.reduce((sum, milli) => sum + milli, 0)) / gpuMilli
}
