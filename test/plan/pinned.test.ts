/** A plan's model with no choice left: the same policy does as planned, with the same figures. */
import { describe, expect, it } from 'vitest'
import { findPolicy, policies } from '../../engine/index.ts'
import { planJobs } from '../../engine/planning.ts'
import { createPolicy } from '../../runner/plan/estimate.ts'
import { pinnedModel } from '../../runner/plan/execution.ts'
import { workloadOf } from '../../runner/plan/workload.ts'
import { Bench, requestOf, zoneBlackout } from './fixtures.ts'

const scenario = await zoneBlackout()

describe.each(policies.map(({ name }) => name))('%s', name => {
  it('places a pinned job where the plan has it, though other nodes are free then', async () => {
    const bench = new Bench(scenario)
    const asked = requestOf(
      [
        { id: 'a', compute: { cpu: 2, mem_gb: 1, duration_ms: 3000 } },
        { id: 'b', after: ['a'], tasks: 3, compute: { cpu: 4, duration_ms: 1000 }, constraints: { arch: ['amd64'] } },
        { id: 'c', after: ['a'], compute: { cpu: 2, mem_gb: 1, duration_ms: 3000 } },
      ],
      { strategy: name },
    )
    // The third has others beside it.
    for (let i = 0; i < 2; i++) await bench.planner.plan(asked)
    const plan = await bench.planner.plan(asked)
    const { fabric } = bench.planner
    const model = pinnedModel(fabric, plan, fabric.modelOf(workloadOf(asked.job, 'edge-microdc'), 0))
    const policy = createPolicy({ policy: findPolicy(name)!, options: plan.strategy.options })
    const { attempts, result } = planJobs(model, policy, { replication: 0 })
    const nodes = (list: { nodes: { node: string }[] }[]) =>
      list.flatMap(each => each.nodes.map(({ node }) => node)).sort()
    expect(attempts.flatMap(({ tasks }) => tasks.map(({ node }) => fabric.nodeName(node))).sort()).toEqual(
      nodes([...plan.placement, ...plan.shadows]),
    )
    expect(result.samples.latency[0] * 1000).toBeCloseTo(plan.predicted.latency_ms!.estimate, 6)
    const energyJ = result.clusters.energyJ.reduce((sum, joules) => sum + joules, 0)
    expect(energyJ).toBeCloseTo(plan.predicted.energy_j.estimate, 6)
  })
})
