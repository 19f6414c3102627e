/** Runs on nodes that outlast them, and what is kept for planners. */
import { describe, expect, it } from 'vitest'
import { Capacity } from '../../engine/capacity.ts'
import { simulate } from '../../engine/index.ts'
import type { Model } from '../../engine/model.ts'
import { planJobs } from '../../engine/planning.ts'
import { policyOf } from '../properties/worlds.ts'
import { buildModel } from '../reference/build-model.ts'
import { randomModelSpec } from '../reference/random-model.ts'

/** A random world in which nothing fails; where all comes to an end, everything is given back. */
function quietModel(seed: number): Model {
  return buildModel({ ...randomModelSpec(seed), failures: [], randomFailures: [], triggers: [] })
}

const freeOf = ({ freeCpu, freeMemory, freeGpu, clusterFreeCpu }: Capacity) =>
  [freeCpu, freeMemory, freeGpu, clusterFreeCpu].map(column => Array.from(column))

describe('in 60 random worlds', () => {
  it('runs on shared nodes, one after another, give what a run on its own nodes gives, and leave them as they were', () => {
    for (let seed = 0; seed < 60; seed++) {
      const model = quietModel(seed)
      const record = { jobs: true, decisions: true }
      const own = simulate(model, policyOf(seed), { replication: 0, record })
      const base = new Capacity(model, null, true)
      const before = freeOf(base)
      for (let round = 0; round < 2; round++) {
        const capacity = new Capacity(model, base)
        const shared = simulate(model, policyOf(seed), { replication: 0, record, capacity })
        expect({ ...shared, visits: 0 }, `seed ${seed}`).toEqual({ ...own, visits: 0 })
        if (own.total.unfinished > 0) break
        expect(freeOf(base), `seed ${seed}`).toEqual(before)
      }
    }
  })

  it('planning is the same run, with the nodes and times of every attempt', () => {
    for (let seed = 0; seed < 60; seed++) {
      const model = oneJobEach(quietModel(seed))
      const record = { jobs: true, decisions: true, events: true }
      const { log, ...plain } = simulate(model, policyOf(seed), { replication: 0, record })
      const { result, attempts } = planJobs(model, policyOf(seed), { replication: 0, record })
      expect({ ...result, visits: 0 }, `seed ${seed}`).toEqual({ ...plain, visits: 0 })
      expect(attempts.map(({ tasks }) => tasks[0].node)).toEqual(Array.from(plain.decisions!.node))
      expect(attempts.map(({ placedS }) => placedS)).toEqual(Array.from(plain.decisions!.time))
      for (const { stage, tasks, standby, won, beginS, endS } of attempts) {
        const placed = tasks.reduce((sum, entry) => sum + entry.tasks, 0)
        const stageClass = model.stages.class[stage] >= 0 ? model.stages.class[stage] : -1
        if (stageClass >= 0) expect(placed).toBe(model.classes.tasks[stageClass])
        if (won) expect(endS).toBeGreaterThanOrEqual(beginS)
        if (standby) expect(won && Number.isNaN(beginS)).toBe(false)
      }
    }
  })
})

function oneJobEach(model: Model): Model {
  const { workloads } = model
  const traceStart = Int32Array.from(workloads.traceStart)
  const first = Array.from({ length: workloads.count }, (_, w) =>
    traceStart[w + 1] > traceStart[w] ? [workloads.traceStart[w]] : [],
  )
  const rows = first.flat()
  const pick = <T extends Float64Array | Int32Array>(column: T): T => {
    const picked = column.slice(0, rows.length)
    for (const [i, row] of rows.entries()) picked[i] = column[row]
    return picked as T
  }
  const { submitS, runS, estimateS, id } = model.traces
  let next = 0
  for (let w = 0; w < workloads.count; w++) {
    traceStart[w] = next
    next += first[w].length
  }
  traceStart[workloads.count] = next
  return {
    ...model,
    workloads: { ...workloads, maxJobs: workloads.maxJobs.map(() => 1), traceStart },
    traces: {
      count: rows.length,
      submitS: pick(submitS),
      runS: pick(runS),
      estimateS: pick(estimateS),
      class: pick(model.traces.class),
      id: pick(id),
    },
  }
}

describe('reserving for no class', () => {
  const model = quietModel(3)

  it('takes from a node and gives back, also more than it has', () => {
    const base = new Capacity(model, null, true)
    const before = freeOf(base)
    base.reserve(-1, 0, base.freeCpu[0] + 500, 1000, 0)
    expect(base.freeCpu[0]).toBe(-500)
    base.reserve(-1, 0, -(before[0][0] + 500), -1000, 0)
    expect(freeOf(base)).toEqual(before)
  })
})
