/**
 * What is measured beside a run, by a real metrics-server and a real Prometheus. The clusters are KWOK's, taken as clusters that
 * exist: nodes that say nothing of their power themselves, so that what an exporter shows for them counts. There is no RAPL here: the
 * exporter's figures are declared, and it is the way from an exporter to the verdict that is tested.
 */
import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { programFinding } from '../../runner/clusters/control-plane.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { type LoadedSweep, loadPoints } from '../../runner/scenario/load-points.ts'
import { findPrometheus } from '../../runner/telemetry/find-prometheus.ts'
import { nodeEnergy } from '../../runner/telemetry/node-energy.ts'
import { NodeFinder } from '../../runner/telemetry/node-finder.ts'
import { prometheusAt, queryPrometheus } from '../../runner/telemetry/prometheus.ts'
import { beginState, whyNot } from './fabric.ts'
import { declaredRate, declaredW, Exporter, ownAddress, type RunningPrometheus, startPrometheus } from './prometheus.ts'

const text = (name: string, execute: string): string => `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: ${name} }
spec:
  seed: 7
  scaling: 1:1
  fabric:
    pools: { edge: { cpu: 8, memory: 8Gi, detection: 8s, startup: 500ms, pue: 1.5, power: { model: constant, idle: 22W, busy: 22W } } }
    clusters:
      - { name: edge-a, pool: edge, zone: z1, nodes: 2, carbon: 300 }
      - { name: edge-b, pool: edge, zone: z2, nodes: 1 }
    network: { latency: 20ms }
  workloads:
    - name: camera
      origin: { cluster: edge-a }
      arrivals: { process: deterministic, interval: 500ms, maxJobs: 12 }
      job: { stages: [{ id: detect, cpu: 1, memory: 512Mi, duration: 45s }] }
  policies: [least-allocated]
  replications: 1
  execute: ${execute}
`

const kwok = findProvider('kwok')!
const prometheusHere = programFinding('prometheus', 'apt-get install prometheus')
const why =
  (await whyNot(kwok)) ?? (prometheusHere.ok ? null : `prometheus ${prometheusHere.detail}; ${prometheusHere.hint}`)

describe.skipIf(why !== null)(why ?? 'telemetry of real servers', () => {
  const address = ownAddress()
  let state: ReturnType<typeof beginState>
  let exporter: Exporter
  let prometheus: RunningPrometheus
  let clusters: Cluster[] = []
  const load = (name: string, execute: string): Promise<LoadedSweep> => {
    const file = join(state.folder, `${name}.yaml`)
    writeFileSync(file, text(name, execute))
    return loadPoints(file)
  }

  beforeAll(async () => {
    state = beginState()
    exporter = await Exporter.start(['edge-a-node-01', 'edge-a-node-02', 'edge-b-node-01'])
    prometheus = await startPrometheus(exporter.target, address ?? '127.0.0.1')
    const { scenario } = (await load('made', '{}')).points[0].loaded
    const made = await up(planFabric(scenario), kwok, { say: () => {} })
    vi.stubEnv('KUBECONFIG', made.map(({ kubeconfig }) => kubeconfig).join(delimiter))
    clusters = await Promise.all(made.map(connect))
    const options = Object.fromEntries(made.map(({ name, context }) => [name, context]))
    const taken = (await load('taken', '{}')).points[0].loaded.scenario
    await up(planFabric(taken), findProvider('context')!, { say: () => {}, options })
  }, 120_000)
  afterAll(async () => {
    for (const cluster of clusters) cluster.close()
    await prometheus?.stop()
    exporter?.close()
    await state?.end()
    vi.unstubAllEnvs()
  }, 60_000)

  test('use, energy and an application’s figures find their way into what is verified', {
    timeout: 240_000,
  }, async () => {
    const sweep = await load(
      'taken',
      `{ provider: context, prometheus: { url: "${prometheus.url}", application: {} } }`,
    )
    const { observations, verification } = await executeSweep(sweep, {
      ...{ mode: 'verify', provider: 'context', runId: 'telemetry', image: 'none' },
      // While it runs, the exporter is started anew.
      say: line => {
        if (line.startsWith('executing')) setTimeout(() => exporter.restart(), 20_000)
      },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    })
    const [observation] = observations
    const { series = [], telemetry, energy, given, application, endS } = observation
    const sources = telemetry.sources!.join('\n')

    // Energy: cores lie within packages, and Scaphandre's host is none of these nodes.
    expect([energy!.source, given]).toEqual(['Kepler (CPU packages and memory) × PUE', ['network']])
    expect(energy!.energyJ[0]).toBeGreaterThan(0.97 * 66 * endS)
    expect(energy!.energyJ[0]).toBeLessThan(1.03 * 66 * endS)
    expect(sources).toMatch(/Kepler \(CPU packages and memory\): energy of 3 of 3 nodes; resets of counters: [1-9]/)
    const rowOf = (quantity: string) =>
      verification!.policies[0].rows.find(row => row.scope === 'fabric' && row.quantity === quantity)!
    expect(rowOf('energy')).toMatchObject({ status: 'pass', note: 'by Kepler (CPU packages and memory) × PUE' })
    expect(rowOf('emissions').note).toMatch(/without edge-b, whose carbon intensity is not known/)

    // The application: 300 ms each lie in the bucket from 250 to 500 ms.
    expect(application!.requestsPerS! / declaredRate).toBeCloseTo(1, 1)
    expect(application!.errorShare).toBeCloseTo(0.02, 3)
    expect(application!.p95S).toBeCloseTo(0.25 + 0.95 * 0.25, 2)
    expect(rowOf('applicationLatency')).toMatchObject({ status: 'shown', predicted: null })

    // Use, by metrics-server: with both times.
    const cpu = series.filter(({ source, metric }) => source === 'metrics-api' && metric === 'cpu')
    const nodes = cpu.filter(({ kind }) => kind === 'node')
    expect(nodes.map(({ name }) => name).sort()).toEqual(['edge-a-node-01', 'edge-a-node-02', 'edge-b-node-01'])
    const pods = cpu.filter(({ kind }) => kind === 'pod')
    expect(pods.length).toBeGreaterThan(0)
    for (const { values, atMs, receiptMs } of pods) {
      expect(values.at(-1)).toBeCloseTo(1, 1)
      expect(receiptMs[0]).toBeGreaterThanOrEqual(atMs[0])
    }
    expect(sources).toMatch(/Metrics API: use of 3 of 3 nodes/)
  })

  test('`kubectl top` has something to read', async () => {
    const path = '/apis/metrics.k8s.io/v1beta1/nodes'
    const read = async () => {
      const { items } = await clusters[0].call<{ items: unknown[] }>('GET', path).catch(() => ({ items: [] }))
      return items.length === 2 ? items : null
    }
    expect(await until(read, { withinMs: 60_000, everyMs: 1000 })).not.toBeNull()
  }, 70_000)

  test('Scaphandre’s gauge of microwatts becomes joules', { timeout: 60_000 }, async () => {
    const toMs = Date.now()
    const between = { fromMs: toMs - 15_000, toMs }
    const nodes = [{ cluster: 'c', node: 'n', names: ['bare-metal'] }]
    const { energy } = await nodeEnergy([prometheusAt(prometheus.url)], new NodeFinder(nodes), nodes, between)
    expect(energy!.source).toBe('Scaphandre (host)')
    expect(energy!.nodeJ.get('n')! / (15 * declaredW.scaphandre)).toBeCloseTo(1, 2)
  })

  test.skipIf(address === null)(
    'a Prometheus that runs in a cluster is found, and asked through its API server',
    async () => {
      await putInCluster(clusters[0], address!, prometheus.port)
      const found = await findPrometheus(clusters[0])
      expect(found!.name).toBe(`Prometheus in edge-a (default/prometheus:${prometheus.port})`)
      const answered = async () => (await queryPrometheus(found!, 'up', Date.now()).catch(() => [])).at(0) ?? null
      expect((await until(answered, { withinMs: 20_000 }))!.samples[0].value).toBe(1)
      expect(await findPrometheus(clusters[1])).toBeNull()
    },
    40_000,
  )
})

/** API servers go to pods alone: one that nobody schedules has the address of this machine. */
async function putInCluster(cluster: Cluster, ip: string, port: number): Promise<void> {
  const metadata = { name: 'prometheus', namespace: 'default' }
  const make = (kind: string, more: object) => {
    const body = { apiVersion: 'v1', kind, metadata, ...more }
    const path = kind === 'Endpoints' ? '/api/v1/namespaces/default/endpoints' : pathOf('v1', kind, 'default')
    return cluster.call('POST', path, { body, withinMs: 10_000 })
  }
  await make('Pod', { spec: { schedulerName: 'nobody', containers: [{ name: 'prometheus', image: 'none' }] } })
  const status = { podIP: ip, podIPs: [{ ip }] }
  await cluster.call('PATCH', `${pathOf('v1', 'Pod', 'default', 'prometheus')}/status`, { body: { status } })
  const ports = [{ name: 'web', port }]
  await make('Service', { spec: { ports } })
  const targetRef = { kind: 'Pod', ...metadata }
  await make('Endpoints', { subsets: [{ addresses: [{ ip, targetRef }], ports }] })
}
