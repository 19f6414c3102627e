/** What must hold in every run whatever the scenario, in random worlds over the whole language. */
import { describe, expect, it } from 'vitest'
import type { Model } from '../../engine/model.ts'
import { powerModels } from '../../engine/power/index.ts'
import { outcomes } from '../../engine/result.ts'
import { buildModel } from '../reference/build-model.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { inEveryWorld, runWorld, type World, worlds } from './worlds.ts'

const timeout = process.env.FABRICDT_LONG === '1' ? 3_600_000 : 240_000
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)

describe(`in ${worlds} random worlds`, () => {
  it(
    'every job ends once, in one way, and no stage completes twice',
    () =>
      inEveryWorld(({ result: { total, jobs }, rows, model }) => {
        expect(total.submitted).toBe(sum(outcomes.map(outcome => total[outcome])))
        expect(jobs.workload.length).toBe(total.submitted)
        const names = Array.from(jobs.workload, (w, i) => `${w}/${jobs.ordinal[i]}`)
        expect(new Set(names).size).toBe(names.length)
        const ends = rows.filter(({ kind }) => ['complete', 'fail', 'cancel', 'reject'].includes(kind))
        expect(ends.length).toBe(total.submitted - total.unfinished)
        const finished = rows.filter(({ kind }) => kind === 'finish').map(row => `${row.ordinal} ${row.stage}`)
        expect(new Set(finished).size).toBe(finished.length)
        const { stageStart } = model.workloads
        for (const end of ends.filter(({ kind }) => kind === 'complete'))
          for (let stage = stageStart[end.workload]; stage < stageStart[end.workload + 1]; stage++)
            expect(finished).toContain(`${end.ordinal} ${stage}`)
      }),
    timeout,
  )

  it(
    'time never goes back',
    () =>
      inEveryWorld(({ rows, result: { endS } }) => {
        for (let i = 1; i < rows.length; i++) expect(rows[i].time).toBeGreaterThanOrEqual(rows[i - 1].time)
        if (rows.length > 0) expect(rows.at(-1)!.time).toBeLessThanOrEqual(endS)
      }),
    timeout,
  )

  it('what is reserved never exceeds what there is', () => inEveryWorld(reservationsHold), timeout)

  it(
    'energy lies between all nodes at their least and at their most, and emissions follow the intensities',
    () =>
      inEveryWorld(({ model, result }) => {
        const measuredS = Math.max(0, result.endS - model.warmupS)
        for (let c = 0; c < model.clusters.count; c++) {
          const [least, most] = wattsOf(model, c)
          expect(result.clusters.energyJ[c]).toBeGreaterThanOrEqual(least * measuredS * (1 - 1e-9) - 1e-6)
          expect(result.clusters.energyJ[c]).toBeLessThanOrEqual(most * measuredS * (1 + 1e-9) + 1e-6)
          const { start, gramsPerKwh } = model.carbon
          const grams = gramsPerKwh.subarray(start[c], start[c + 1])
          if (grams.length === 0) continue
          const kwh = result.clusters.energyJ[c] / 3.6e6
          expect(result.clusters.emissionsG[c]).toBeGreaterThanOrEqual(kwh * Math.min(...grams) * (1 - 1e-9) - 1e-6)
          expect(result.clusters.emissionsG[c]).toBeLessThanOrEqual(kwh * Math.max(...grams) * (1 + 1e-9) + 1e-6)
        }
      }),
    timeout,
  )

  it(
    'no job is quicker than its work on the quickest node',
    () =>
      inEveryWorld(({ model, result: { jobs } }) => {
        const { traces, workloads, classes, groups } = model
        for (let i = 0; i < jobs.workload.length; i++) {
          const w = jobs.workload[i]
          if (outcomes[jobs.outcome[i]] !== 'completed' || workloads.arrivals[w] !== 1) continue
          const row = workloads.traceStart[w] + jobs.ordinal[i]
          const factors = classes.factor.subarray(traces.class[row] * groups.count)
          const quickest = Math.min(
            ...Array.from(groups.speed, (speed, g) => (factors[g] > 0 ? factors[g] / speed : Number.POSITIVE_INFINITY)),
          )
          const leastS = traces.runS[row] * quickest * (1 - 1e-9) - 1e-6
          expect(jobs.latency[i]).toBeGreaterThanOrEqual(leastS)
        }
      }),
    timeout,
  )

  it(
    'attempts are counted once, shadows among them, and jobs without theirs',
    () =>
      inEveryWorld(({ rows, result }) => {
        const placed = rows.filter(({ kind }) => kind === 'place').length
        expect(sum(result.clusters.placements)).toBe(placed)
        expect(sum(result.jobs.attempts)).toBe(placed)
        expect(result.decisions!.time.length).toBe(placed)
        expect(rows.filter(({ kind }) => kind === 'submit').length).toBe(result.total.submitted)
      }),
    timeout,
  )

  it(
    'the time that jobs spend in the system adds up (Little), and cores in use stay within those that are up',
    () =>
      inEveryWorld(({ result: { systemJobS, sojournS, clusters } }) => {
        expect(Math.abs(systemJobS - sojournS)).toBeLessThanOrEqual(1e-9 * Math.max(1, sojournS))
        for (const [c, upCoreS] of clusters.upCoreS.entries())
          expect(clusters.busyCoreS[c]).toBeLessThanOrEqual(upCoreS * (1 + 1e-9) + 1e-6)
      }),
    timeout,
  )

  it(
    'the same seed gives the same bytes',
    () =>
      inEveryWorld(({ seed, model, result }) => {
        expect(runWorld(seed, model).result).toEqual(result)
      }),
    timeout,
  )

  it(
    'other failures leave arrivals alone',
    () => {
      for (let seed = 0; seed < worlds; seed++) {
        // A horizon, so that both runs see the same jobs come.
        const spec = { ...randomModelSpec(seed), horizonS: 60 }
        const model = buildModel(spec)
        const calm = buildModel({ ...spec, failures: [], randomFailures: [], triggers: [] })
        const arrivals = ({ result: { jobs } }: World) => [
          jobs.workload,
          jobs.ordinal,
          jobs.submitTime,
          jobs.originCluster,
        ]
        expect(arrivals(runWorld(seed, model)), `seed ${seed}`).toEqual(arrivals(runWorld(seed, calm)))
      }
    },
    timeout,
  )
})

/** Requests of all that is placed, in each cluster, replayed from the log. */
function reservationsHold({ model, rows }: World): void {
  const { classes, groups, traces, workloads, stages, nodeCluster } = model
  const has = (of: ArrayLike<number>) =>
    Array.from({ length: model.clusters.count }, (_, c) =>
      sum(
        Array.from(groups.cluster, (cluster, g) =>
          cluster === c ? of[g] * (groups.nodeStart[g + 1] - groups.nodeStart[g]) : 0,
        ),
      ),
    )
  const resources = [
    { request: classes.cpuMilli, free: has(groups.cpuMilli) },
    { request: classes.memoryBytes, free: has(groups.memoryBytes) },
    { request: classes.gpuMilli, free: has(groups.gpuMilli) },
  ]
  for (const { kind, workload, ordinal, stage, node, time } of rows) {
    const sign = kind === 'place' ? -1 : ['finish', 'fault', 'remove'].includes(kind) ? 1 : 0
    if (sign === 0) continue
    const isTrace = workloads.arrivals[workload] === 1
    const stageClass = isTrace ? traces.class[workloads.traceStart[workload] + ordinal] : stages.class[stage]
    for (const { request, free } of resources) {
      free[nodeCluster[node]] += sign * classes.tasks[stageClass] * request[stageClass]
      expect(free[nodeCluster[node]], `at ${time} s`).toBeGreaterThanOrEqual(0)
    }
  }
}

/** Facility watts of a cluster whose nodes all draw their least, and their most. */
function wattsOf({ clusters, groups }: Model, c: number): [number, number] {
  let least = 0
  let most = 0
  for (let g = 0; g < groups.count; g++) {
    if (groups.cluster[g] !== c) continue
    const nodes = groups.nodeStart[g + 1] - groups.nodeStart[g]
    const table = groups.powerTable.subarray(groups.powerTableStart[g], groups.powerTableStart[g + 1])
    const { watts } = powerModels[groups.powerModel[g]]
    // Every form but a table is monotone between idle and busy; a table is greatest and least at its points.
    const loads = Array.from({ length: 101 }, (_, i) => watts(i / 100, groups.idleW[g], groups.busyW[g], table))
    const all = [...loads, ...table, groups.failedW[g]]
    least += nodes * Math.min(...all)
    most += nodes * Math.max(...all)
  }
  return [least * clusters.pue[c], most * clusters.pue[c]]
}
