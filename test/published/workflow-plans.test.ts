/**
 * Plans of list schedulers as published: DSLab's case (osukhoroslov/dslab, crates/dslab-dag/tests/tests.rs: figures
 * only) and the papers' worked examples. Data is on its way as soon as its task is over, as these all have it.
 */
import { describe, expect, it } from 'vitest'
import { dls } from '../../engine/policies/workflows/dls.ts'
import { heft } from '../../engine/policies/workflows/heft.ts'
import { lookahead } from '../../engine/policies/workflows/lookahead.ts'
import { peft } from '../../engine/policies/workflows/peft.ts'
import { type Planner, Schedule } from '../../engine/policies/workflows/schedule.ts'
import { Timelines } from '../../engine/policies/workflows/timelines.ts'
import { upwardRanks, type Workflow } from '../../engine/policies/workflows/workflow.ts'

/** Costs by task and processor, edges (from, to, seconds between two processors). */
function workflowOf(costs: readonly (readonly number[])[], edges: readonly (readonly number[])[]): Workflow {
  const movingOf = (before: number, task: number) => edges.find(([a, b]) => a === before && b === task)![2]
  return {
    tasks: costs.length,
    predecessors: costs.map((_, task) => edges.filter(([, to]) => to === task).map(([from]) => from)),
    kinds: costs[0].length,
    size: () => 1,
    kindOf: processor => processor,
    cost: (task, kind) => costs[task][kind],
    moving: (before, task, from, to) => (from === to ? 0 : movingOf(before, task)),
    meanMoving: movingOf,
    together: (a, b) => a === b,
    request: () => 0,
    share: () => [1, 0, 0],
    eager: true,
  }
}

function plan(workflow: Workflow, planner: Planner): Schedule {
  const all = Array.from({ length: workflow.kinds }, (_, processor) => processor)
  const schedule = new Schedule(workflow, new Timelines(), () => all, 0)
  planner(schedule)
  return schedule
}

const makespan = (workflow: Workflow, planner: Planner) => Math.max(...plan(workflow, planner).finishS)

describe("DSLab's ten tasks on four nodes", () => {
  const flops = [64, 76, 52, 32, 56, 64, 60, 44, 48, 28]
  const speeds = [1, 2, 4, 4]
  const names = 'A>B18 A>C12 A>D9 A>E11 A>F14 B>H19 B>I16 C>G23 D>H27 D>I23 E>I13 F>H15 G>J17 H>J11 I>J13'
  const edges = names.split(' ').map(edge => {
    const [, from, to, size] = /(.)>(.)(\d+)/.exec(edge)!
    return [from.charCodeAt(0) - 65, to.charCodeAt(0) - 65, Number(size)]
  })
  const workflow = workflowOf(
    flops.map(work => speeds.map(speed => work / speed)),
    edges,
  )

  it.each([
    ['HEFT', heft, 98],
    ['PEFT', peft, 95],
    ['DLS', dls, 96],
    ['Lookahead', lookahead, 94],
  ] as const)('%s', (_name, planner, expected) => {
    expect(makespan(workflow, planner)).toBe(expected)
  })
})

describe('the ten tasks of Topcuoglu, Hariri and Wu on three processors', () => {
  const costs = [
    [14, 16, 9],
    [13, 19, 18],
    [11, 13, 19],
    [13, 8, 17],
    [12, 13, 10],
    [13, 16, 9],
    [7, 15, 11],
    [5, 11, 14],
    [18, 12, 20],
    [21, 7, 16],
  ]
  const edges = [
    [0, 1, 18],
    [0, 2, 12],
    [0, 3, 9],
    [0, 4, 11],
    [0, 5, 14],
    [1, 7, 19],
    [1, 8, 16],
    [2, 6, 23],
    [3, 7, 27],
    [3, 8, 23],
    [4, 8, 13],
    [5, 7, 15],
    [6, 9, 17],
    [7, 9, 11],
    [8, 9, 13],
  ]
  const workflow = workflowOf(costs, edges)

  it('upward ranks', () => {
    const ranks = [108, 77, 80, 80, 69, 63.333, 42.667, 35.667, 44.333, 14.667]
    upwardRanks(workflow).forEach((rank, task) => {
      expect(rank).toBeCloseTo(ranks[task], 2)
    })
  })

  it('HEFT finishes after 80', () => {
    expect(makespan(workflow, heft)).toBe(80)
  })
})

describe('the ten tasks of Arabnejad and Barbosa on three processors', () => {
  const costs = [
    [22, 21, 36],
    [22, 18, 18],
    [32, 27, 43],
    [7, 10, 4],
    [29, 27, 35],
    [26, 17, 24],
    [14, 25, 30],
    [29, 23, 36],
    [15, 21, 8],
    [13, 16, 33],
  ]
  const edges = [
    [0, 1, 17],
    [0, 2, 31],
    [0, 3, 29],
    [0, 4, 13],
    [0, 5, 7],
    [1, 7, 3],
    [1, 8, 30],
    [2, 6, 16],
    [3, 7, 11],
    [3, 8, 7],
    [4, 8, 57],
    [5, 7, 5],
    [6, 9, 9],
    [7, 9, 42],
    [8, 9, 7],
  ]
  const workflow = workflowOf(costs, edges)

  it.each([
    ['PEFT', peft, 122],
    ['HEFT', heft, 133],
  ] as const)('%s', (_name, planner, expected) => {
    expect(makespan(workflow, planner)).toBe(expected)
  })
  it('where and when PEFT plans each (as mackncheesiest/peft has it, too)', () => {
    const { processor, startS } = plan(workflow, peft)
    expect([...processor]).toEqual([0, 0, 0, 0, 2, 1, 0, 1, 2, 1])
    expect([...startS]).toEqual([0, 29, 51, 22, 35, 29, 83, 54, 81, 106])
  })
})
