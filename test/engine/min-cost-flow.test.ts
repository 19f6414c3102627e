/** Flows of the least cost, by hand and by the HiGHS solver as a linear program. */

import { describe, expect, it } from 'vitest'
import { MinCostFlow } from '../../engine/algorithms/min-cost-flow.ts'
import { assign } from '../../engine/policies/solvers/assignment.ts'
import { loadHighs } from '../highs.ts'
import { Generator } from '../reference/generator.ts'

interface Edge {
  from: number
  to: number
  capacity: number
  cost: number
}

const solve = (vertices: number, edges: readonly Edge[]) => {
  const network = new MinCostFlow(vertices)
  const numbers = edges.map(({ from, to, capacity, cost }) => network.addEdge(from, to, capacity, cost))
  return { ...network.solve(), on: numbers.map(edge => network.flowOn(edge)) }
}

describe('a flow of the least cost', () => {
  it('takes back what was sent the wrong way', () => {
    // 0 → 1 → 2 → 3 is the cheapest way, but two units must part: over 1 and over 2.
    const edges = [
      { from: 0, to: 1, capacity: 1, cost: 0 },
      { from: 0, to: 2, capacity: 1, cost: 3 },
      { from: 1, to: 2, capacity: 1, cost: -5 },
      { from: 1, to: 3, capacity: 1, cost: 4 },
      { from: 2, to: 3, capacity: 1, cost: 0 },
    ]
    expect(solve(4, edges)).toEqual({ flow: 2, cost: 7, on: [1, 1, 0, 1, 1] })
  })

  it('is nothing where the sink is not reached', () => {
    expect(solve(3, [{ from: 0, to: 1, capacity: 4, cost: 1 }])).toEqual({ flow: 0, cost: 0, on: [0] })
  })
})

describe('HiGHS finds the same', () => {
  it('in 60 random networks', { timeout: 120_000 }, async () => {
    const highs = await loadHighs()
    for (let seed = 1; seed <= 60; seed++) {
      const g = new Generator(seed)
      const vertices = g.whole(3, 12)
      const edges = randomEdges(g, vertices)
      const ours = solve(vertices, edges)
      const flow = highs.solve(maximumFlow(vertices, edges)).ObjectiveValue
      expect(ours.flow, `flow, seed ${seed}`).toBeCloseTo(flow, 6)
      const cost = highs.solve(leastCost(vertices, edges, flow)).ObjectiveValue
      expect(ours.cost, `cost, seed ${seed}`).toBeCloseTo(cost, 6)
    }
  })
})

describe('stages and nodes', () => {
  it('as many as can, then at the least cost; each node once', () => {
    const wants0 = { stages: [10], nodes: [0, 1], costs: [-5, -4] }
    const needs0 = { stages: [12], nodes: [0], costs: [-1] }
    expect(assign([wants0, needs0])).toEqual([
      { stage: 10, node: 1 },
      { stage: 12, node: 0 },
    ])
    expect(assign([{ ...wants0, stages: [10, 11] }, needs0])).toEqual([
      { stage: 10, node: 0 },
      { stage: 11, node: 1 },
    ])
  })
})

const randomEdges = (g: Generator, vertices: number): Edge[] =>
  Array.from({ length: g.whole(3, 30) }, () => {
    const from = g.whole(0, vertices - 2)
    return { from, to: g.whole(from + 1, vertices - 1), capacity: g.whole(1, 6), cost: g.whole(-20, 20) / 4 }
  })

const terms = (list: readonly string[]): string => (list.length === 0 ? '0 x0' : list.join(' '))
const signed = (value: number, i: number): string => `${value < 0 ? '-' : '+'} ${Math.abs(value)} x${i}`

/** What goes out of a vertex less what comes in. */
const balance = (edges: readonly Edge[], vertex: number): string =>
  terms(edges.flatMap(({ from, to }, i) => (from === vertex ? [signed(1, i)] : to === vertex ? [signed(-1, i)] : [])))

const program = (goal: string, vertices: number, edges: readonly Edge[], more: readonly string[]): string =>
  [
    goal,
    'Subject To',
    ...Array.from({ length: vertices - 2 }, (_, v) => `c${v + 1}: ${balance(edges, v + 1)} = 0`),
    ...more,
    'Bounds',
    ...edges.map(({ capacity }, i) => `0 <= x${i} <= ${capacity}`),
    'End',
  ].join('\n')

const maximumFlow = (vertices: number, edges: readonly Edge[]): string =>
  program(`Maximize\nobj: ${balance(edges, 0)}`, vertices, edges, [])

const leastCost = (vertices: number, edges: readonly Edge[], flow: number): string =>
  program(`Minimize\nobj: ${terms(edges.map(({ cost }, i) => signed(cost, i)))}`, vertices, edges, [
    `sent: ${balance(edges, 0)} = ${flow}`,
  ])
