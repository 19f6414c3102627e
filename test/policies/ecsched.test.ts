/** One decision of ecsched against a linear program over all nodes, though it only looks at the best of each cluster. */

import { expect, it } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { loadHighs } from '../highs.ts'
import { buildModel } from '../reference/build-model.ts'
import { Generator } from '../reference/generator.ts'

const gibibyte = 2 ** 30

it('places the first stages that wait at the least cost, on 40 random fabrics', { timeout: 120_000 }, async () => {
  const highs = await loadHighs()
  for (let seed = 1; seed <= 40; seed++) {
    const g = new Generator(seed)
    const cost = g.pick(['dot-product', 'most-loaded'])
    const nodes = ['a', 'b'].flatMap(cluster =>
      Array.from({ length: 6 }, () => ({ cluster, cpu: g.whole(4, 16), memory: g.whole(4, 32) })),
    )
    const jobs = Array.from({ length: 4 }, () => ({ cpu: g.whole(1, 6), memory: g.whole(1, 8) }))
    const { decisions } = simulate(
      buildModel({
        clusters: ['a', 'b'].map(name => ({
          name,
          groups: nodes
            .filter(({ cluster }) => cluster === name)
            .map(({ cpu, memory }) => ({ nodes: 1, cpuMilli: cpu * 1000, memoryBytes: memory * gibibyte })),
        })),
        latency: [['a', 'b', 1]],
        workloads: [
          {
            name: 'w',
            trace: jobs.map(({ cpu, memory }) => ({
              submitS: 0,
              runS: 10,
              request: { cpuMilli: cpu * 1000, memoryBytes: memory * gibibyte },
            })),
          },
        ],
      }),
      findPolicy('ecsched')!.create({ cost, stages: 4, rounds: 1, perSecond: 0.2 }),
      { replication: 0, record: { decisions: true } },
    )
    const largest = { cpu: Math.max(...nodes.map(n => n.cpu)), memory: Math.max(...nodes.map(n => n.memory)) }
    const costs = jobs.map(job =>
      nodes.map(node => {
        if (node.cpu < job.cpu || node.memory < job.memory) return null
        const of = (kind: 'cpu' | 'memory') =>
          cost === 'dot-product' ? (node[kind] * job[kind]) / largest[kind] / largest[kind] : job[kind] / node[kind]
        return (node.cluster === 'b' ? 0.2 : 0) - of('cpu') - of('memory')
      }),
    )
    const first = [...decisions!.time.keys()].filter(i => decisions!.time[i] === 0)
    const ours = first.reduce((sum, i) => sum + costs[decisions!.ordinal[i]][decisions!.node[i]]!, 0)
    expect(first).toHaveLength(4)
    expect(ours, `seed ${seed}`).toBeCloseTo(highs.solve(assignment(costs)).ObjectiveValue, 6)
  }
})

it('with what each stage emits on each node in the costs, on 40 random fabrics', { timeout: 120_000 }, async () => {
  const highs = await loadHighs()
  for (let seed = 1; seed <= 40; seed++) {
    const g = new Generator(seed)
    const nodes = ['a', 'b'].flatMap(cluster => Array.from({ length: 6 }, () => ({ cluster, cpu: g.whole(4, 16) })))
    const jobs = Array.from({ length: 4 }, () => ({ cpu: g.whole(1, 6), runS: g.whole(5, 50) }))
    // The intensity of b falls at 10 s; a core draws 10 W wherever it is.
    const grams = {
      a: (runS: number) => 2 * runS,
      b: (runS: number) => 3 * Math.min(runS, 10) + Math.max(0, runS - 10),
    }
    const { decisions } = simulate(
      buildModel({
        clusters: (['a', 'b'] as const).map(name => ({
          name,
          carbon:
            name === 'a'
              ? [[0, 2 * 360_000]]
              : [
                  [0, 3 * 360_000],
                  [10, 360_000],
                ],
          groups: nodes
            .filter(({ cluster }) => cluster === name)
            .map(({ cpu }) => ({ nodes: 1, cpuMilli: cpu * 1000, idleW: 0, busyW: 10 * cpu })),
        })),
        workloads: [
          { name: 'w', trace: jobs.map(({ cpu, runS }) => ({ submitS: 0, runS, request: { cpuMilli: cpu * 1000 } })) },
        ],
      }),
      findPolicy('ecsched-carbon')!.create({ stages: 4, rounds: 1, perGram: 0.01, forecast: 'perfect' }),
      { replication: 0, record: { decisions: true } },
    )
    const largest = Math.max(...nodes.map(n => n.cpu))
    const costs = jobs.map(({ cpu, runS }) =>
      nodes.map(node => {
        if (node.cpu < cpu) return null
        return 0.01 * cpu * grams[node.cluster as 'a' | 'b'](runS) - (node.cpu * cpu) / largest / largest
      }),
    )
    const first = [...decisions!.time.keys()].filter(i => decisions!.time[i] === 0)
    const ours = first.reduce((sum, i) => sum + costs[decisions!.ordinal[i]][decisions!.node[i]]!, 0)
    expect(first).toHaveLength(4)
    expect(ours, `seed ${seed}`).toBeCloseTo(highs.solve(assignment(costs)).ObjectiveValue, 6)
  }
})

/** Each job on one node, each node with one job at most. */
function assignment(costs: readonly (readonly (number | null)[])[]): string {
  const pairs = costs.flatMap((row, j) => row.flatMap((cost, n) => (cost === null ? [] : [{ j, n, cost }])))
  const sumOf = (list: typeof pairs) => list.map(({ j, n }) => `x${j}_${n}`).join(' + ')
  return [
    'Minimize',
    `obj: ${pairs.map(({ j, n, cost }) => `${cost < 0 ? '-' : '+'} ${Math.abs(cost)} x${j}_${n}`).join(' ')}`,
    'Subject To',
    ...costs.map((_, job) => `j${job}: ${sumOf(pairs.filter(({ j }) => j === job))} = 1`),
    ...[...new Set(pairs.map(({ n }) => n))].map(
      node => `n${node}: ${sumOf(pairs.filter(({ n }) => n === node))} <= 1`,
    ),
    'End',
  ].join('\n')
}
