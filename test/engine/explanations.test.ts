/** Rows that explain placements: what they say agrees with what is decided, and saying it changes nothing. */
import { describe, expect, test } from 'vitest'
import { findPolicy, policies, type RunResult, simulate } from '../../engine/index.ts'
import type { ExplanationRecords } from '../../engine/result.ts'
import { withDefaults } from '../../engine/schema.ts'
import { compile } from '../../runner/compile/compile.ts'
import { loadedWorld } from '../../runner/conformance/loaded-world.ts'
import { tinyModel } from '../reference/tiny-model.ts'

const { model } = compile(loadedWorld)

function run(name: string, explanations?: 'sample' | 'all', options = {}): RunResult {
  const entry = findPolicy(name)!
  const policy = entry.create(withDefaults(options, entry.options))
  return simulate(model, policy, { replication: 0, record: { decisions: true, jobs: true, explanations } })
}

interface Candidate {
  node: number
  chosen: boolean
  score: number
  terms: Record<string, number>
}

/** Candidates of each placement, by workload, job, stage and attempt. */
function placementsOf({ terms, ...rows }: ExplanationRecords): Map<string, Candidate[]> {
  const placements = new Map<string, Candidate[]>()
  for (let i = 0; i < rows.time.length; i++) {
    const key = [rows.workload[i], rows.ordinal[i], rows.stage[i], rows.attempt[i]].join()
    const candidates = placements.get(key) ?? []
    placements.set(key, candidates)
    let candidate = candidates.find(({ node }) => node === rows.node[i])
    if (candidate === undefined) {
      candidate = { node: rows.node[i], chosen: rows.chosen[i] === 1, score: rows.score[i], terms: {} }
      candidates.push(candidate)
    }
    if (rows.term[i] >= 0) candidate.terms[terms[rows.term[i]]] = rows.value[i]
  }
  return placements
}

/** Visits of the index too differ: what was looked at to explain need not be looked at again to decide. */
const without = ({ explanations: _e, visits: _v, ...rest }: RunResult) => rest

describe.each(policies.map(({ name }) => name))('%s', name => {
  test('decides the same whether it explains or not', () => {
    const all = run(name, 'all')
    expect(without(all)).toEqual(without(run(name)))
    expect(placementsOf(all.explanations!).size).toBe(all.decisions!.node.length)
  })
})

/** Those that minimise one number over what is told. */
const scoring = [
  'greedy-latency',
  'data-locality',
  'energy-aware',
  'weighted',
  'carbon-aware',
  'cvar',
  'kube-default',
  'worst-fit',
  'dot-product',
  'best-fit',
  'least-allocated',
]

describe.each(scoring)('%s', name => {
  const { explanations, decisions } = run(name, 'all')
  const placements = [...placementsOf(explanations!).values()]

  test('tells several candidates where there are several', () => {
    expect(placements.some(candidates => candidates.length > 1)).toBe(true)
  })

  test('has chosen one of the least score, and that score is that of the decision', () => {
    for (const [row, candidates] of placements.entries()) {
      // A gang passes over clusters that have a node for its first task but not for all of them.
      if (model.workloads.names[decisions!.workload[row]] === 'gang') continue
      const chosen = candidates.find(candidate => candidate.chosen)!
      // Late ones are a last resort of energy-aware, in another unit.
      const rivals = candidates.filter(({ terms }) => 'lateLatencyS' in terms === 'lateLatencyS' in chosen.terms)
      expect(chosen.score).toBeLessThanOrEqual(Math.min(...rivals.map(({ score }) => score)))
      if (!Number.isNaN(decisions!.score[row])) expect(chosen.score).toBeCloseTo(decisions!.score[row], 9)
    }
  })
})

test('terms add up to the score', () => {
  const sum = (terms: Record<string, number>) => Object.values(terms).reduce((a, b) => a + b, 0)
  for (const name of ['greedy-latency', 'weighted', 'cvar', 'carbon-aware'])
    for (const candidates of placementsOf(run(name, 'all').explanations!).values())
      for (const { score, terms } of candidates) expect(sum(terms)).toBeCloseTo(score, 9)
  for (const candidates of placementsOf(run('kube-default', 'all').explanations!).values())
    for (const { score, terms } of candidates) expect(sum(terms)).toBe(-score)
})

test('by hand: two clusters, one near, one fast', () => {
  const { explanations } = simulate(
    tinyModel({
      clusters: [
        { name: 'near', groups: [{ nodes: 1, cpuMilli: 1000, startupS: 0.5 }] },
        { name: 'swift', groups: [{ nodes: 1, cpuMilli: 1000, speed: 4 }] },
      ],
      latency: [
        ['near', 'swift', 1],
        ['swift', 'near', 2],
      ],
      workloads: [{ name: 'w', request: { cpuMilli: 1000 }, trace: [{ submitS: 0, runS: 8 }] }],
    }),
    findPolicy('greedy-latency')!.create(withDefaults({}, findPolicy('greedy-latency')!.options)),
    { replication: 0, record: { explanations: 'all' } },
  )
  expect([...placementsOf(explanations!).values()]).toEqual([
    [
      { node: 0, chosen: false, score: 8.5, terms: { wayOutS: 0, startupS: 0.5, workS: 8, wayBackS: 0 } },
      { node: 1, chosen: true, score: 5, terms: { wayOutS: 1, startupS: 0, workS: 2, wayBackS: 2 } },
    ],
  ])
})

test('a sample is every 2ⁿ-th placement, 200 at most', () => {
  const all = [...placementsOf(run('greedy-latency', 'all').explanations!).keys()]
  const sample = [...placementsOf(run('greedy-latency', 'sample').explanations!).keys()]
  expect(sample.length).toBeLessThanOrEqual(200)
  expect(sample.length).toBeGreaterThan(100)
  const stride = 2 ** Math.ceil(Math.log2(all.length / 200))
  expect(sample).toEqual(all.filter((_key, i) => i % stride === 0))
})

test('nothing is explained unless it is asked for', () => expect(run('greedy-latency').explanations).toBeUndefined())
