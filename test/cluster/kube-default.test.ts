/**
 * The real kube-scheduler, as it comes, places 400 pods on 90 KWOK nodes of three kinds. The engine follows it pod by pod: each
 * node that it took must be one of the highest score by `kube-default`. It draws lots among equals, so these are counted.
 */
import type { V1Pod } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Choice, type Pass, type Policy, simulate } from '../../engine/index.ts'
import { type Model, nodeName } from '../../engine/model.ts'
import { KubeDefault } from '../../engine/policies/scorers/kube-default.ts'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { aliveLabel } from '../../runner/clusters/inject/lease-loss.ts'
import { createNodes, waitForNodes } from '../../runner/clusters/nodes.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import type { Scenario, ScenarioWorkload } from '../../runner/scenario/scenario.ts'
import { beginState, whyNot } from './fabric.ts'

const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

/** One control plane for all three. It looks at every node while there are fewer than 100. */
const text = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: kube-default }
spec:
  scaling: 1:1
  fabric:
    pools:
      even: { cpu: 16, memory: 64Gi, power: { idle: 50W, busy: 150W } }
      lean: { cpu: 12, memory: 20Gi, power: { idle: 10W, busy: 20W } }
      tall: { cpu: 7, memory: 50Gi, power: { idle: 10W, busy: 20W } }
    clusters:
      - { name: even, pool: even, nodes: 20 }
      - { name: lean, pool: lean, nodes: 35 }
      - { name: tall, pool: tall, nodes: 35 }
  workloads:
    - { name: any, origin: { cluster: even }, arrivals: { rate: 1/s, maxJobs: 1 }, job: { stages: [{ duration: 1s }] } }
  policies: [kube-default]
`
const pods = 400

/** What pods ask for, in turn: millicores and MiB. Some ask for nothing of one, or of both. */
const shapes = [
  [250, 512],
  [1000, 1024],
  [500, 3072],
  [2000, 2048],
  [0, 700],
  [300, 0],
  [0, 0],
] as const

describe.skipIf(why !== null)(why === null ? 'the real kube-scheduler' : why, () => {
  const { scenario } = parseScenario(text, 'kube-default.yaml')
  let state: ReturnType<typeof beginState>
  let cluster: Cluster

  beforeAll(async () => {
    state = beginState()
    const plan = planFabric(scenario)
    const [first, ...others] = plan.clusters
    const [handle] = await up({ ...plan, clusters: [first] }, kwok, { say: () => {} })
    cluster = await connect(handle)
    for (const planned of others) await createNodes(planned, cluster, { [aliveLabel]: 'true' })
    const nodes = plan.clusters.flatMap(planned => planned.nodes)
    await waitForNodes(nodes, cluster, { withinMs: 60_000 })
  })
  afterAll(async () => {
    cluster?.close()
    await state?.end()
  })

  test('takes a node of the highest score for every pod', { timeout: 300_000 }, async () => {
    await cluster.call('POST', pathOf('v1', 'Namespace'), { body: { metadata: { name: 'pods' } } })
    // One after another: their order is that in which the scheduler takes them.
    for (let i = 0; i < pods; i++)
      await cluster.call('POST', pathOf('v1', 'Pod', 'pods'), { body: podBody(i), withinMs: 20_000 })
    const placed = await until(allPlaced, { withinMs: 120_000, everyMs: 1000 })
    expect(placed, 'all pods have a node').not.toBeNull()
    const { wrong, ties } = follow(scenario, placed!)
    process.stdout.write(
      `kube-default: ${pods - wrong.length} of ${pods} pods on a node of the highest score; ${ties} had several of these\n`,
    )
    expect(wrong).toEqual([])
    // Else the test would say nothing.
    expect(ties).toBeLessThan(pods)
  })

  /** Node of each pod in order; null until all have one. */
  async function allPlaced(): Promise<string[] | null> {
    const { items } = await cluster.call<{ items: V1Pod[] }>('GET', pathOf('v1', 'Pod', 'pods'), { timeoutMs: 60_000 })
    const byName = new Map(items.map(({ metadata, spec }) => [metadata?.name, spec?.nodeName]))
    const nodes = Array.from({ length: pods }, (_, i) => byName.get(podName(i)))
    return nodes.every(node => node !== undefined) ? (nodes as string[]) : null
  }
})

const podName = (i: number): string => `pod-${String(i).padStart(4, '0')}`

function podBody(i: number): V1Pod {
  const [cpu, memory] = shapes[i % shapes.length]
  const requests = { ...(cpu > 0 ? { cpu: `${cpu}m` } : {}), ...(memory > 0 ? { memory: `${memory}Mi` } : {}) }
  return { metadata: { name: podName(i) }, spec: { containers: [{ name: 'a', image: 'a', resources: { requests } }] } }
}

/** Takes the nodes that the real one took, and looks whether each has the highest score. */
class Follower implements Policy, Choice {
  readonly order = { key: (pass: Pass, stage: number) => pass.submitTimeOf(stage) }
  readonly score = Number.NaN
  readonly wrong: string[] = []
  ties = 0
  private readonly scorer = new KubeDefault()
  private readonly nodes: readonly number[]
  private next = 0

  constructor(nodes: readonly number[]) {
    this.nodes = nodes
  }

  decide(pass: Pass): void {
    for (let stage = pass.head(); stage >= 0; stage = pass.head())
      if (!pass.place(stage, this)) throw new Error(`pod ${this.next} does not fit where it is`)
  }

  choose(pass: Pass, stage: number): number {
    const node = this.nodes[this.next++]
    const scoreOf = (other: number) => this.scorer.score(pass, pass.classOf(stage), other)
    const best = scoreOf(pass.highest(stage, this.scorer))
    if (scoreOf(node) !== best) this.wrong.push(`${podName(this.next - 1)}: ${scoreOf(node)} instead of ${best}`)
    const all = [...pass.model.nodeGroup.keys()].filter(other => pass.fits(stage, other))
    if (all.filter(other => scoreOf(other) === best).length > 1) this.ties++
    return node
  }
}

function follow(scenario: Scenario, placed: readonly string[]): { wrong: string[]; ties: number } {
  const workloads = Array.from({ length: pods }, (_, i) => workloadOf(scenario.workloads[0], i))
  const { model } = compile({ ...scenario, workloads, horizonS: pods + 1, warmupS: 0 })
  const names = namesOf(model)
  const follower = new Follower(placed.map(name => names.indexOf(name)))
  simulate(model, follower, { replication: 0 })
  return follower
}

const namesOf = (model: Model): string[] => Array.from(model.nodeGroup.keys(), node => nodeName(model, node))

/** One job at second i + 1 that never ends. */
function workloadOf(like: ScenarioWorkload, i: number): ScenarioWorkload {
  const [cpuMilli, mebibytes] = shapes[i % shapes.length]
  const interval = { kind: 'constant', parameters: { value: i + 1 } } as const
  const [stage] = like.stages
  return {
    ...like,
    name: podName(i),
    arrivals: { process: 'renewal', interval, fromS: 0, untilS: null, maxJobs: 1 },
    stages: [
      {
        ...stage,
        cpuMilli,
        memoryBytes: mebibytes * 2 ** 20,
        duration: { kind: 'constant', parameters: { value: 1e6 } },
      },
    ],
  }
}
