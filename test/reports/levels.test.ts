import { describe, expect, it } from 'vitest'
import { namedFactors, pointName } from '../../reports/factors.ts'
import { numericLevels } from '../../reports/levels.ts'
import { region } from '../../reports/page/region.ts'
import { nodes, pointsOf, power, rate } from './sweep-fixture.ts'

describe('levels', () => {
  it.each([
    [['6', '12', '24'], [6, 12, 24], ''],
    [['5/s', '10/s'], [5, 10], '/s'],
    [['500/s', '2k/s'], [0.5, 2], 'k/s'],
    [['30m', '1h', '1h30m'], [30, 60, 90], 'min'],
    [['10s', '20s'], [10, 20], 's'],
    [['500m', '1', '2'], [0.5, 1, 2], ''],
    [['512Mi', '1Gi'], [0.5, 1], 'Gi'],
    [['0.5', '1e3', '-2'], [0.5, 1000, -2], ''],
    [['10 %', '20 %'], [10, 20], '%'],
  ])('%j are numbers', (levels, values, unit) => {
    expect(numericLevels(levels)).toEqual({ values, unit })
  })

  it.each([[['linear', 'square']], [['10 %', '2']], [['1', 'all']], [['1:50', '1:100']], [['true', 'false']]])(
    '%j are names',
    levels => {
      expect(numericLevels(levels)).toBeNull()
    },
  )
})

describe('factors', () => {
  it('have short names that tell them apart', () => {
    const names = (...paths: string[]) =>
      namedFactors({ factors: paths.map(path => ({ path, levels: ['1', '2'] })) }).map(({ name }) => name)
    expect(names('spec.fabric.clusters.edge.nodes', 'spec.seed')).toEqual(['edge nodes', 'seed'])
    expect(names('spec.workloads.a.job.stages[0].cpu', 'spec.fabric')).toEqual(['a 0 cpu', 'fabric'])
    expect(names('spec.fabric.clusters.a.nodes', 'spec.fabric.pools.a.nodes')).toEqual([
      'spec.fabric.clusters.a.nodes',
      'spec.fabric.pools.a.nodes',
    ])
  })

  it('of one level are left out, in the names of points too', () => {
    const factors = [rate, { path: 'spec.seed', levels: ['42'] }]
    const [point] = pointsOf(factors)
    expect(pointName({ factors }, point)).toBe('camera arrivals rate 2/s')
    expect(pointName({ factors: [] }, { index: 0, levels: {} })).toBe('')
  })
})

describe('region', () => {
  const factors = namedFactors({ factors: [rate, nodes, power] })
  const all = pointsOf([rate, nodes, power])
  const where = (test: (rate: number, nodes: number, power: string) => boolean) =>
    region(
      factors,
      all,
      all.filter(({ levels }) =>
        test(Number.parseFloat(levels[rate.path]), Number(levels[nodes.path]), levels[power.path]),
      ),
    )

  it('is a box of levels, in words', () => {
    expect(where(r => r >= 6)).toBe('camera arrivals rate from 6/s on')
    expect(where(r => r <= 4)).toBe('camera arrivals rate up to 4/s')
    expect(where((r, n) => r === 4 && n > 2 && n < 12)).toBe('camera arrivals rate 4/s and edge-microdc nodes 4 to 8')
    expect(where((_, n, p) => n === 12 && p === 'square')).toBe(
      'edge-microdc nodes from 12 on and edge power model square'.replace('from 12 on', '12'),
    )
  })

  it('is nothing where it is no box, or all', () => {
    expect(where((r, n) => r > n)).toBeNull()
    expect(where(() => true)).toBeNull()
  })
})
