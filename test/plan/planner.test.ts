/** The planner: where jobs go, what is predicted, and what is held. */
import { describe, expect, it } from 'vitest'
import { findPolicy, policies, simulate } from '../../engine/index.ts'
import { withDefaults } from '../../engine/schema.ts'
import { compile } from '../../runner/compile/compile.ts'
import { NoRoomError } from '../../runner/plan/no-room.ts'
import type { Plan } from '../../runner/plan/plan.ts'
import type { StageRequest } from '../../runner/plan/request.ts'
import { workloadOf } from '../../runner/plan/workload.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { Bench, fabricOf, issueRequest, requestOf, zoneBlackout } from './fixtures.ts'

const scenario = await zoneBlackout()
const nodesOf = (plan: Plan) => plan.placement.map(({ cluster, node }) => `${cluster}/${node}`)
const lab = '{ name: lab, pool: lab, nodes: 2, cpu: 4, memory: 8Gi, zone: a }'
const two = [lab, '{ name: shed, pool: lab, nodes: 2, cpu: 4, memory: 8Gi, zone: b }']
const hour: Partial<StageRequest> = { compute: { cpu: 4, duration_ms: 3_600_000 }, constraints: {} }
const inLab = { cluster: 'lab' }
const request = (stage: Partial<StageRequest>, strategy = 'first-fit') => {
  const asked = requestOf(stage, { strategy })
  asked.job.metadata.origin = inLab
  return asked
}

describe('the request of the issue', () => {
  it('goes to the node of its user, with times that add up and reasons', async () => {
    const plan = await new Bench(scenario).planner.plan(issueRequest())
    expect(nodesOf(plan)).toEqual(['edge-microdc/edge-node-01'])
    expect(plan.strategy.name).toBe('greedy-latency')
    expect(plan.predicted.latency_ms).toEqual({ estimate: 3002, low: 3002, high: 3002 })
    expect(plan.placement[0]).toMatchObject({ placed_ms: 0, begins_ms: 1001, ends_ms: 3001, score: 3.002 })
    expect(plan.placement[0].reasons.join('\n')).toMatchInlineSnapshot(`
      "Each job onto the node from which its answer is back at its origin soonest; nothing blocks.
      edge-microdc: answer after 3002 ms (way out 1 ms + start-up 1000 ms + run 2000 ms + way back 1 ms).
      Instead of datacenter: answer after 3024 ms (way out 12 ms + start-up 1000 ms + run 2000 ms + way back 12 ms).
      Instead of gaming-den: answer after 4008 ms (way out 4 ms + start-up 2000 ms + run 2000 ms + way back 4 ms).
      Instead of campus-lab: answer after 4050 ms (way out 25 ms + start-up 2000 ms + run 2000 ms + way back 25 ms).
      Not home-pans: its nodes are arm64, not amd64."
    `)
    // 2 of 4 cores for 2 s, by the linear model between the watts of the pool, with its PUE.
    const { power, cpuMilli, pue } = scenario.clusters.find(({ name }) => name === 'edge-microdc')!
    const joules = ((power.busyW - power.idleW) * 2000 * 2 * pue) / cpuMilli
    expect(plan.predicted.energy_j.estimate).toBeCloseTo(joules, 9)
  })
})

describe.each(policies.map(({ name }) => name))('%s', name => {
  it('plans as the engine runs the same job on the same fabric', async () => {
    const asked = requestOf(
      [
        { id: 'a', compute: { cpu: 2, mem_gb: 1, duration_ms: { lognormal: { mean: 3000, cv: 0.5 } } } },
        { id: 'b', after: ['a'], tasks: 3, compute: { cpu: 4, duration_ms: 1000 }, constraints: { arch: ['amd64'] } },
      ],
      { strategy: name },
    )
    const plan = await new Bench(scenario).planner.plan(asked)
    const alone = { ...scenario, workloads: [workloadOf(asked.job, 'edge-microdc')], failures: [], horizonS: null }
    const { model } = compile({ ...alone, warmupS: 0 })
    const policy = findPolicy(name)!
    const run = (replication: number) =>
      simulate(model, policy.create(withDefaults({}, policy.options)), {
        replication,
        record: { decisions: true },
      })
    const first = run(0)
    const names = (node: number) => model.clusters.names[model.nodeCluster[node]]
    const shadows = plan.shadows.map(({ cluster }) => cluster)
    expect([...plan.placement.map(({ cluster }) => cluster), ...shadows].sort()).toEqual(
      Array.from(first.decisions!.node, names).sort(),
    )
    const latencies = Array.from({ length: plan.predicted.replications }, (_, r) => run(r).samples.latency[0] * 1000)
    const mean = latencies.reduce((sum, value) => sum + value, 0) / latencies.length
    expect(plan.predicted.latency_ms!.estimate).toBeCloseTo(mean, 6)
    expect(plan.predicted.replications).toBe(40)
  })
})

describe('shadows', () => {
  it('lie in other zones and are held too', async () => {
    const bench = new Bench(scenario)
    const plan = await bench.planner.plan(requestOf({}, { strategy: 'resilient', options: { shadows: 2 } }))
    expect(plan.shadows).toHaveLength(2)
    expect(new Set([...plan.placement, ...plan.shadows].map(({ zone }) => zone)).size).toBe(3)
    expect(plan.shadows[0].kind).toBe('hot')
    bench.planner.settle()
    expect(bench.planner.holds.active).toBe(3)
  })
})

describe('luck', () => {
  it('widens the intervals, and the same job has the same', async () => {
    const asked = requestOf({ compute: { cpu: 1, duration_ms: { exponential: { mean: 2000 } } } })
    const [one, other] = [await new Bench(scenario).planner.plan(asked), await new Bench(scenario).planner.plan(asked)]
    const { low, estimate, high } = one.predicted.latency_ms!
    expect(low).toBeLessThan(estimate)
    expect(high).toBeGreaterThan(estimate)
    expect(other.predicted).toEqual(one.predicted)
  })

  it('counts jobs that fail for good and deadlines that are missed', async () => {
    const { predicted } = await new Bench(scenario).planner.plan(requestOf({ failure_probability: 0.5 }))
    expect(predicted.completes).toBeGreaterThan(0.3)
    expect(predicted.completes).toBeLessThan(0.7)
    expect(predicted.deadline_miss).toBeCloseTo(1 - predicted.completes, 12)
  })
})

describe('what a plan holds', () => {
  it('is not given to the next one until its job should be over', async () => {
    const bench = new Bench(fabricOf([lab]))
    expect(nodesOf(await bench.planner.plan(request(hour)))).toEqual(['lab/lab-node-01'])
    expect(nodesOf(await bench.planner.plan(request(hour)))).toEqual(['lab/lab-node-02'])
    await expect(bench.planner.plan(request(hour))).rejects.toThrow(NoRoomError)
    bench.nowMs += 3_700_000
    expect(nodesOf(await bench.planner.plan(request(hour)))).toEqual(['lab/lab-node-01'])
  })

  it('is given back when it is deleted', async () => {
    const bench = new Bench(fabricOf([lab]))
    const plan = await bench.planner.plan(request(hour))
    bench.planner.settle()
    expect(bench.planner.holds.active).toBe(1)
    await bench.planner.remove(plan.id)
    expect(bench.planner.holds.active).toBe(0)
    expect(() => bench.planner.get(plan.id)).toThrow('there is no plan')
    expect(nodesOf(await bench.planner.plan(request(hour)))).toEqual(['lab/lab-node-01'])
  })

  it('is nothing where that was asked for', async () => {
    const bench = new Bench(fabricOf([lab]))
    const asked = { ...request(hour), hold: false }
    for (let i = 0; i < 3; i++) expect(nodesOf(await bench.planner.plan(asked))).toEqual(['lab/lab-node-01'])
  })

  it('survives a restart, and so do the plans', async () => {
    const bench = new Bench(fabricOf([lab]))
    const plan = await bench.planner.plan(request(hour))
    await bench.restart()
    expect(bench.planner.get(plan.id)).toEqual(plan)
    expect(nodesOf(await bench.planner.plan(request(hour)))).toEqual(['lab/lab-node-02'])
    bench.nowMs += 3_700_000
    await bench.restart()
    expect(nodesOf(await bench.planner.plan(request(hour)))).toEqual(['lab/lab-node-01'])
  })

  it('of a later stage is held from when it is due', async () => {
    const bench = new Bench(fabricOf([lab]))
    const long = { cpu: 4, duration_ms: 600_000 }
    const asked = requestOf(
      [
        { id: 'a', compute: long },
        { id: 'b', after: ['a'], compute: long },
      ],
      { strategy: 'first-fit' },
    )
    asked.job.metadata.origin = inLab
    await bench.planner.plan(asked)
    for (const minutes of [0, 5, 15]) {
      bench.nowMs += minutes * 60_000
      bench.planner.settle()
      expect(bench.planner.holds.active).toBe(1)
    }
    bench.nowMs += 3_600_000
    bench.planner.settle()
    expect(bench.planner.holds.active).toBe(0)
  })

  it('includes parts of GPUs', async () => {
    const bench = new Bench(fabricOf(['{ name: lab, pool: lab, nodes: 1, cpu: 16, gpu: 1, memory: 8Gi }']))
    const part = (gpu: number) => request({ compute: { cpu: 1, gpu, duration_ms: 3_600_000 }, constraints: {} })
    await bench.planner.plan(part(0.5))
    await bench.planner.plan(part(0.3))
    await expect(bench.planner.plan(part(0.3))).rejects.toThrow(NoRoomError)
    await bench.planner.plan(part(0.2))
  })
})

describe('no room', () => {
  it('says where, why and until when', async () => {
    const bench = new Bench(fabricOf(two))
    for (let i = 0; i < 4; i++) await bench.planner.plan(request(hour))
    const error = await bench.planner.plan(request(hour)).catch((thrown: unknown) => thrown as NoRoomError)
    expect(error).toBeInstanceOf(NoRoomError)
    const { stages, retryMs } = error as NoRoomError
    expect(stages).toEqual([
      { stage: 's1', reasons: ['Not lab: no node has room for it now.', 'Not shed: no node has room for it now.'] },
    ])
    expect(retryMs).toBeGreaterThan(3_500_000)
    expect(retryMs).toBeLessThan(3_700_000)
  })

  it('leaves everything as it was', async () => {
    const bench = new Bench(fabricOf([lab]))
    await bench.planner.plan(request({ compute: { cpu: 3, duration_ms: 3_600_000 }, constraints: {} }))
    bench.planner.settle()
    const before = Array.from(bench.planner.fabric.capacity.freeCpu)
    await expect(bench.planner.plan(request({ ...hour, tasks: 2 }))).rejects.toThrow(NoRoomError)
    expect(Array.from(bench.planner.fabric.capacity.freeCpu)).toEqual(before)
  })
})

describe('emissions', () => {
  it('are those of the intensity in force while the job runs', async () => {
    const { scenario: day } = await loadScenario('scenarios/carbon-day.yaml')
    const bench = new Bench(day)
    const asked = requestOf({ compute: { cpu: 4, duration_ms: 60_000 } }, { strategy: 'first-fit' })
    asked.job.metadata.origin = { cluster: 'plain' }
    const { atS, gramsPerKwh } = day.clusters.find(({ name }) => name === 'fjord')!.carbon!
    for (const hour of [0, 13, 24]) {
      bench.nowMs = bench.planner.startedMs + hour * 3_600_000 + 1000
      const { predicted } = await bench.planner.plan(asked)
      const step = atS.findLastIndex(at => at <= hour * 3600 + 1)
      const grams = (predicted.energy_j.estimate / 3.6e6) * gramsPerKwh[step]
      expect(predicted.emissions_g!.estimate).toBeCloseTo(grams, 9)
    }
  })

  it('are null where the intensity is not known, and that is said', async () => {
    const plan = await new Bench(fabricOf([lab])).planner.plan(request(hour))
    expect(plan.predicted.emissions_g).toBeNull()
    expect(plan.assumptions).toContain('The carbon intensity of a cluster that it uses is not known.')
  })
})

describe('lists', () => {
  it('have the latest first, page by page, and can be narrowed', async () => {
    const bench = new Bench(scenario)
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      const asked = issueRequest()
      asked.job.metadata.name = i % 2 === 0 ? 'even' : 'odd'
      ids.unshift((await bench.planner.plan(asked)).id)
    }
    const first = bench.planner.list({ limit: 2 })
    expect(first.plans.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const second = bench.planner.list({ limit: 3, after: first.next! })
    expect(second.plans.map(({ id }) => id)).toEqual(ids.slice(2))
    expect(second.next).toBeNull()
    expect(bench.planner.list({ limit: 9, name: 'odd' }).plans.map(({ name }) => name)).toEqual(['odd', 'odd'])
    expect(bench.planner.list({ limit: 9, status: 'completed' }).plans).toEqual([])
  })
})
