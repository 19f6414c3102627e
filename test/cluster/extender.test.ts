/**
 * The real kube-scheduler places 1,000 pods on KWOK nodes of three clusters' kinds through the extender; the engine places
 * the same pods in the same order by itself. The nodes must be the same; how often the policy had another node of equal
 * worth is counted and printed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { V1Pod } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { findPolicy, simulate } from '../../engine/index.ts'
import type { Model } from '../../engine/model.ts'
import { withDefaults } from '../../engine/schema.ts'
import { binaryPath } from '../../runner/clusters/binaries.ts'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { aliveLabel } from '../../runner/clusters/inject/lease-loss.ts'
import { createNodes, waitForNodes } from '../../runner/clusters/nodes.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { freePorts } from '../../runner/clusters/ports.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import type { ClusterHandle } from '../../runner/clusters/state.ts'
import { compile } from '../../runner/compile/compile.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import type { Scenario, ScenarioStage, ScenarioWorkload } from '../../runner/scenario/scenario.ts'
import { beginState, whyNot } from './fabric.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

/** One control plane for all three: its nodes say by label which cluster of the scenario they are of. */
const text = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: extender }
spec:
  scaling: 1:1 # pods ask for what they ask for
  fabric:
    pools:
      fast: { cpu: 16, memory: 64Gi, speed: 2, startup: 1s, power: { idle: 50W, busy: 150W } }
      slow: { cpu: 8, memory: 32Gi, speed: 1, startup: 200ms, power: { idle: 10W, busy: 20W } }
    clusters:
      - { name: core, pool: fast, zone: a, nodes: 30 }
      - { name: edge, pool: slow, zone: b, nodes: 40 }
      - { name: farm, pool: slow, zone: c, nodes: 40, cpu: 10 }
    network: { latency: 40ms, within: 1ms, links: [{ between: [edge, core], latency: 5ms }] }
  workloads:
    - { name: any, origin: { cluster: edge }, arrivals: { rate: 1/s, maxJobs: 1 }, job: { stages: [{ duration: 1s }] } }
  policies: [greedy-latency]
`
const pods = 1000

/** What pods ask for and how long they work, in turn. */
const shapes = [
  { cpu: 250, memory: 512, seconds: 30, origin: 'edge' },
  { cpu: 1000, memory: 1024, seconds: 1, origin: 'edge' },
  { cpu: 500, memory: 3072, seconds: 4, origin: 'farm' },
  { cpu: 2000, memory: 2048, seconds: 0.1, origin: 'core' },
]

describe.skipIf(why !== null)(why === null ? 'the real kube-scheduler' : why, () => {
  const { scenario } = parseScenario(text, 'extender.yaml')
  let state: ReturnType<typeof beginState>
  let handle: ClusterHandle
  let cluster: Cluster
  const children: ChildProcess[] = []

  beforeAll(async () => {
    state = beginState()
    const plan = planFabric(scenario)
    const [core, ...others] = plan.clusters
    ;[handle] = await up({ ...plan, clusters: [core] }, kwok, { say: () => {} })
    cluster = await connect(handle)
    for (const planned of others) await createNodes(planned, cluster, { [aliveLabel]: 'true' })
    await waitForNodes(
      plan.clusters.flatMap(({ nodes }) => nodes),
      cluster,
      { withinMs: 60_000 },
    )
  })
  afterAll(async () => {
    await endChildren()
    cluster?.close()
    await state?.end()
  })

  async function endChildren() {
    for (const child of children.splice(0)) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }

  /** Runs a program until the test is over; resolves with the first match of what it says. */
  async function start(command: string, args: readonly string[], says: RegExp): Promise<RegExpExecArray> {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env } })
    children.push(child)
    let said = ''
    return new Promise((resolve, reject) => {
      child.stderr?.on('data', chunk => {
        said = (said + String(chunk)).slice(-20_000)
        const match = says.exec(said)
        if (match !== null) resolve(match)
      })
      child.once('exit', () => reject(new Error(`${command} ended: ${said.slice(-2000)}`)))
    })
  }

  async function startScheduler(urlPrefix: string): Promise<void> {
    const config = parse(readFileSync(join(root, 'deploy/scheduler/kube-scheduler.yaml'), 'utf8')) as {
      clientConnection: { kubeconfig: string }
      extenders: { urlPrefix: string }[]
    }
    config.clientConnection = {
      ...config.clientConnection,
      kubeconfig: handle.kubeconfig,
      ...{ qps: 1000, burst: 2000 },
    }
    config.extenders[0].urlPrefix = urlPrefix
    const file = join(state.folder, 'scheduler.yaml')
    writeFileSync(file, stringify(config))
    const [port] = await freePorts(1)
    await start(
      binaryPath('kube-scheduler'),
      ['--config', file, '--secure-port', String(port), '--bind-address', '127.0.0.1', '-v', '2'],
      /Caches (are )?populated|Serving securely/,
    )
  }

  test.each(['greedy-latency', 'least-allocated'])(
    'places as the engine does: %s',
    async policy => {
      const namespace = `by-${policy}`
      const file = join(state.folder, 'extender.yaml')
      writeFileSync(file, text)
      const [, url] = await start(
        process.execPath,
        [
          join(root, 'runner/bin/fabricdt-run.mjs'),
          'scheduler-extender',
          file,
          '--live',
          '--policy',
          policy,
          '--port',
          '0',
        ],
        /urlPrefix (\S+)/,
      )
      await until(async () => ((await fetch(new URL('/readyz', url))).ok ? true : null), { withinMs: 30_000 })
      await startScheduler(url)
      await cluster.call('POST', pathOf('v1', 'Namespace'), { body: { metadata: { name: namespace } } })
      // One after another: their order is that in which the scheduler takes them.
      for (let i = 0; i < pods; i++)
        await cluster.call('POST', pathOf('v1', 'Pod', namespace), { body: podBody(i), withinMs: 20_000 })
      const placed = await until(() => allPlaced(namespace), { withinMs: 120_000, everyMs: 1000 })
      expect(placed, 'all pods have a node').not.toBeNull()
      const { nodes, ties } = placedByEngine(scenario, policy)
      const same = placed!.filter((node, i) => node === nodes[i]).length
      process.stdout.write(
        `${policy}: ${same} of ${pods} pods where the engine has them; of ${ties} the policy had another node of equal worth\n`,
      )
      expect(placed).toEqual(nodes)
      await endChildren()
      await cluster.call('DELETE', pathOf('v1', 'Namespace', undefined, namespace))
      await until(async () => ((await podsIn(namespace)).length === 0 ? true : null), {
        withinMs: 120_000,
        everyMs: 1000,
      })
    },
    400_000,
  )

  const podsIn = async (namespace: string) =>
    (await cluster.call<{ items: V1Pod[] }>('GET', pathOf('v1', 'Pod', namespace), { timeoutMs: 60_000 })).items

  /** Node of each pod in order; null until all have one. */
  async function allPlaced(namespace: string): Promise<string[] | null> {
    const items = await podsIn(namespace)
    const byName = new Map(items.map(({ metadata, spec }) => [metadata?.name, spec?.nodeName]))
    const nodes = Array.from({ length: pods }, (_, i) => byName.get(podName(i)))
    return nodes.every(node => node !== undefined) ? (nodes as string[]) : null
  }
})

const podName = (i: number): string => `pod-${String(i).padStart(4, '0')}`

function podBody(i: number): V1Pod {
  const { cpu, memory, seconds, origin } = shapes[i % shapes.length]
  return {
    metadata: {
      name: podName(i),
      annotations: { 'fabricdt.io/origin': origin, 'fabricdt.io/estimate': `${seconds * 1000}ms` },
    },
    spec: {
      schedulerName: 'fabricdt',
      // They stay: what is placed is what counts.
      containers: [{ name: 'a', image: 'a', resources: { requests: { cpu: `${cpu}m`, memory: `${memory}Mi` } } }],
    },
  }
}

/** The engine's own placements: the same jobs, one a second, that never end. */
function placedByEngine(scenario: Scenario, policy: string): { nodes: string[]; ties: number } {
  const workloads = Array.from({ length: pods }, (_, i) => workloadOf(i))
  const { model } = compile({ ...scenario, workloads, horizonS: pods + 1, warmupS: 0 })
  const entry = findPolicy(policy)!
  const { decisions } = simulate(model, entry.create(withDefaults({}, entry.options)), {
    replication: 0,
    record: { decisions: true },
  })
  const placed = Array.from(decisions!.node)
  const { clusters, nodeCluster } = model
  const name = (node: number) =>
    `${clusters.nodePrefixes[nodeCluster[node]]}-${String(node - clusters.nodeStart[nodeCluster[node]] + 1).padStart(2, '0')}`
  return { nodes: placed.map(name), ties: tiesOf(model, policy, placed) }
}

/** How many pods had another node of equal worth to the policy: as free as the chosen one, or of the same group and fitting. */
function tiesOf({ groups, nodeGroup, classes, stages }: Model, policy: string, placed: readonly number[]): number {
  const free = Array.from(nodeGroup, group => groups.cpuMilli[group])
  const memory = Array.from(nodeGroup, group => groups.memoryBytes[group])
  let ties = 0
  for (const [i, node] of placed.entries()) {
    const k = stages.class[i]
    const fits = (other: number) => free[other] >= classes.cpuMilli[k] && memory[other] >= classes.memoryBytes[k]
    const isEqual = (other: number) =>
      policy === 'least-allocated' ? free[other] === free[node] : nodeGroup[other] === nodeGroup[node]
    if (free.some((_, other) => other !== node && fits(other) && isEqual(other))) ties++
    free[node] -= classes.cpuMilli[k]
    memory[node] -= classes.memoryBytes[k]
  }
  return ties
}

function workloadOf(i: number): ScenarioWorkload {
  const { cpu, memory, seconds, origin } = shapes[i % shapes.length]
  const stage: ScenarioStage = {
    id: 'pod',
    after: [],
    tasks: 1,
    cpuMilli: cpu,
    useMilli: null,
    memoryBytes: memory * 2 ** 20,
    gpu: 0,
    arch: [],
    duration: { kind: 'constant', parameters: { value: 1e6 } },
    estimateS: seconds,
    failureProbability: 0,
    formats: ['native'],
    inputBytes: 0,
    outputBytes: 0,
    checkpoint: null,
  }
  return {
    name: podName(i),
    origin: { [origin]: 1 },
    originNode: null,
    arrivals: {
      process: 'renewal',
      interval: { kind: 'constant', parameters: { value: i + 1 } },
      fromS: 0,
      untilS: null,
      maxJobs: 1,
    },
    deadlineS: null,
    onMiss: 'count',
    priority: 0,
    retries: 0,
    stages: [stage],
  }
}
