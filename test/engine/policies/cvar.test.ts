/** `cvar` against brute force: every node of a tiny fabric judged by itself, plainly and by simulation. */
import { describe, expect, test } from 'vitest'
import { distributions } from '../../../engine/distributions.ts'
import { type Choice, findPolicy, type Model, simulate } from '../../../engine/index.ts'
import { Luck } from '../../../engine/policies/risk/luck.ts'
import { buildModel } from '../../reference/build-model.ts'
import { Generator } from '../../reference/generator.ts'
import type { ModelSpec } from '../../reference/model-spec.ts'

const alpha = 0.9
const samples = 200
const kinds = [
  { kind: 'constant', a: 20 },
  { kind: 'exponential', a: 20 },
  { kind: 'lognormal', a: 20, b: 1.5 },
]

/** One job, two to four clusters of one or two kinds of nodes, some of which fail often. */
function fabric(seed: number): ModelSpec {
  const g = new Generator(seed)
  const clusters = Array.from({ length: g.whole(2, 4) }, (_, c) => ({
    name: `c${c}`,
    detectionS: g.pick([1, 10]),
    groups: Array.from({ length: g.whole(1, 2) }, () => ({
      nodes: g.whole(1, 3),
      cpuMilli: 1000,
      speed: g.pick([0.5, 0.8, 1, 1.2, 2]),
      startupS: g.pick([0, 1, 3]),
    })),
  }))
  const names = clusters.map(({ name }) => name)
  const pairs = names.flatMap(a => names.filter(b => b !== a).map(b => [a, b] as const))
  return {
    seed,
    clusters,
    latency: pairs.map(([a, b]) => [a, b, g.pick([0.1, 2, 8])]),
    workloads: [
      {
        name: 'w',
        renewal: { interval: { kind: 'constant', a: 0 }, maxJobs: 1 },
        work: g.pick(kinds),
        retries: 1000,
        failureProbability: g.pick([0, 0.2]),
        ...(g.chance(0.5) ? { checkpoint: { everyS: 4, costS: 0.5, store: g.pick(['node', 'remote'] as const) } } : {}),
      },
    ],
    randomFailures: clusters.map(({ name, groups }) => ({
      up: { kind: 'exponential', a: g.pick([30, 100, 1e9]) },
      down: { kind: 'exponential', a: 1 },
      members: Array.from({ length: groups.reduce((sum, { nodes }) => sum + nodes, 0) }, (_, node) => ({
        name,
        ordinal: node,
        victims: [{ cluster: name, node }],
      })),
    })),
  }
}

/** Mean of the worst part, by sorting and counting. */
function worstMean(values: readonly number[]): number {
  const worst = [...values].sort((a, b) => b - a).slice(0, Math.round((1 - alpha) * values.length))
  return worst.reduce((sum, value) => sum + value, 0) / worst.length
}

/** The risk of a node by the words of ARCHITECTURE.md, sample by sample. */
function riskOf(model: Model, luck: Luck, node: number): number {
  const group = model.nodeGroup[node]
  const cluster = model.nodeCluster[node]
  const { stages, groups, clusters, randomFailures: random, effects } = model
  let hazard = 0
  for (let m = 0; m < random.schedule.length; m++) {
    const nodes = effects.nodes.subarray(effects.nodeStart[random.effect[m]], effects.nodeStart[random.effect[m] + 1])
    if (nodes.includes(node)) hazard += 1 / random.upA[random.schedule[m]]
  }
  const speed = groups.speed[group]
  const out = model.latencyS[cluster]
  const back = model.latencyS[cluster * clusters.count]
  const every = stages.checkpointEveryS[0]
  const step = every + stages.checkpointCostS[0]
  const latencies = Array.from({ length: samples }, (_, i) => {
    let work = luck.shapeOf(0)[i] * stages.estimateS[0]
    let latency = 0
    for (let attempt = 0; ; attempt++) {
      const at = i * 8 + attempt
      const ready = out + groups.startupS[group]
      const whole = ready + work / speed
      const dies = luck.ofAttempts.hazard[at] / hazard
      const errs =
        luck.ofAttempts.fault[at] < stages.failureProbability[0]
          ? ready + (work / speed) * luck.ofAttempts.share[at]
          : Infinity
      if (attempt === 7 || Math.min(dies, errs) >= whole) return latency + whole + back
      const lost = Math.min(dies, errs)
      latency += lost
      if (dies < errs) latency += clusters.detectionS[cluster]
      if (stages.checkpointStore[0] === 2 && every < Infinity)
        work -= Math.max(0, Math.floor(((lost - ready) * speed) / step)) * every
    }
  })
  return worstMean(latencies)
}

/** Where the policy puts the one job, and what it took for its risk. */
function chosen(model: Model) {
  const { decisions } = simulate(model, findPolicy('cvar')!.create({ alpha, samples }), {
    replication: 0,
    record: { decisions: true },
  })
  return { node: decisions!.node[0], score: decisions!.score[0] }
}

describe.each(Array.from({ length: 10 }, (_, i) => i + 1))('tiny fabric %i', seed => {
  const model = buildModel(fabric(seed))
  const luck = new Luck(model, samples, 0)
  const risks = Array.from(model.nodeGroup, (_, node) => riskOf(model, luck, node))

  test('the node of least risk is taken, as brute force finds it', () => {
    const { node, score } = chosen(model)
    const least = Math.min(...risks)
    expect(score / least).toBeCloseTo(1, 9)
    expect(risks[node] / least).toBeCloseTo(1, 9)
    expect(node).toBe(risks.findIndex(risk => risk / least < 1 + 1e-9))
  })

  test('when every kind of node is simulated a thousand times over, none is better by more than sampling can tell', () => {
    const simulated = Array.from(model.groups.speed, (_, group) => simulatedRisk(model, group))
    expect(simulated[model.nodeGroup[chosen(model).node]] / Math.min(...simulated)).toBeLessThan(1.25)
  })
})

/** The risk of a job that is placed on nodes of a group as often as it has to be. */
function simulatedRisk(model: Model, group: number): number {
  const choice: Choice = { score: Number.NaN, choose: (pass, stage) => pass.firstFitIn(stage, group) }
  const latencies = Array.from({ length: 1000 }, (_, replication) => {
    const policy = findPolicy('fcfs')!.create({})
    const only = {
      order: policy.order,
      decide: (pass: Parameters<typeof policy.decide>[0]) => {
        for (let stage = pass.head(); stage >= 0; stage = pass.head()) if (!pass.place(stage, choice)) pass.skip()
      },
    }
    return simulate(model, only, { replication, record: { series: false } }).samples.latency[0]
  })
  return worstMean(latencies)
}

test('the sampled work has the mean of its estimate, and its distribution’s spread', () => {
  const model = buildModel({ ...fabric(3), workloads: [{ name: 'w', poisson: { ratePerS: 1 }, work: kinds[1] }] })
  const shape = new Luck(model, 20_000, 0).shapeOf(0)
  const mean = shape.reduce((sum, value) => sum + value, 0) / shape.length
  const variance = shape.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / shape.length
  expect(mean).toBeCloseTo(1, 1)
  expect(variance).toBeCloseTo(1, 1)
  expect(distributions[model.stages.work[0]].name).toBe('exponential')
})
