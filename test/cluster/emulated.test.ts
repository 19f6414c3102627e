/** What is built for another architecture runs under QEMU on a real node: in containers, with nothing of this machine changed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { V1Pod } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomes } from '../../engine/result.ts'
import { connect } from '../../runner/clusters/client.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { emulatorFinding } from '../../runner/clusters/kubelet/emulator.ts'
import { workerFinding } from '../../runner/clusters/kubelet/images.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { readFabric } from '../../runner/clusters/state.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { foreignImage, workerImage } from '../../runner/execute/worker-image.ts'
import { type LoadedSweep, loadPoints } from '../../runner/scenario/load-points.ts'
import { beginState, whyNot } from './fabric.ts'

const [host, foreign] = process.arch === 'arm64' ? ['arm64', 'amd64'] : ['amd64', 'arm64']

const scenario = `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: emulated }
spec:
  seed: 1
  scaling: 1:10
  fabric:
    pools: { edge: { cpu: 4, memory: 8Gi, arch: ${host}, formats: [native, emulated], power: { idle: 10W, busy: 50W } } }
    clusters: [{ name: street, pool: edge, zone: z1, nodes: 1 }]
    network: { latency: 20ms }
  workloads:
    - name: phones
      origin: { cluster: street }
      arrivals: { process: poisson, rate: 1/s, maxJobs: 4 }
      job: { stages: [{ id: run, cpu: 1, memory: 1Gi, arch: [${foreign}], duration: 1s }] }
  policies: [fcfs]
  replications: 1
`

const kubelet = findProvider('kubelet')!
const findings = [workerFinding(), emulatorFinding()].filter(({ hint }) => hint !== '')
const why =
  (await whyNot(kubelet)) ?? findings.map(({ what, detail, hint }) => `kubelet: ${what} ${detail}; ${hint}`)[0] ?? null

describe.skipIf(why !== null)(why ?? `on a kubelet of ${host}`, () => {
  let state: ReturnType<typeof beginState>
  let sweep: LoadedSweep
  beforeAll(async () => {
    state = beginState()
    const file = join(state.folder, 'emulated.yaml')
    writeFileSync(file, scenario)
    sweep = await loadPoints(file)
    await up(planFabric(sweep.points[0].loaded.scenario), kubelet, { say: () => {} })
  }, 180_000)
  afterAll(() => state?.end(), 60_000)

  test('a container says that it is foreign, and comes to the same as a native one', { timeout: 120_000 }, async () => {
    const [native, emulated] = await Promise.all([
      reportOf('native', workerImage()),
      reportOf('emulated', foreignImage(workerImage(), foreign), 'fabricdt-emulated'),
    ])
    expect([native.architecture, emulated.architecture]).toEqual([host, foreign])
    expect(emulated.result).toBe(native.result)
    expect(emulated.cpuSeconds).toBeGreaterThan(native.cpuSeconds)
  })

  test('an emulated stage runs so, within its limits', { timeout: 180_000 }, async () => {
    let seen = 0
    const timer = setInterval(() => {
      seen = Math.max(seen, emulatedProcesses())
    }, 100)
    const { observations } = await executeSweep(sweep, {
      ...{ mode: 'execute', provider: 'kubelet', runId: 'emulated', image: workerImage(), say: () => {} },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    }).finally(() => clearInterval(timer))
    expect([...observations[0].jobs.outcome]).toEqual(Array(4).fill(outcomes.indexOf('completed')))
    expect(seen).toBeGreaterThan(0)
  })
})

interface Report {
  architecture: string
  result: string
  cpuSeconds: number
}

/** What a worker says that does a number of steps. */
async function reportOf(name: string, image: string, runtimeClassName?: string): Promise<Report> {
  const cluster = await connect(readFabric('emulated')!.clusters[0])
  try {
    const args = ['--steps', '20000000', '--kernel', 'float']
    const spec = { restartPolicy: 'Never', containers: [{ name, image, args, imagePullPolicy: 'Never' }] }
    const body = {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } },
      spec: { ...spec, ...(runtimeClassName === undefined ? {} : { runtimeClassName }) },
    }
    // The account that pods run under comes a moment after the cluster.
    const post = () => cluster.call('POST', pathOf('v1', 'Pod', 'default'), { body, withinMs: 10_000 })
    expect(await until(() => post().catch(() => null), { withinMs: 30_000 })).not.toBeNull()
    const said = await until(() => messageOf(name), { withinMs: 60_000 })
    return JSON.parse(said ?? '{}') as Report
  } finally {
    cluster.close()
  }

  async function messageOf(pod: string): Promise<string | null> {
    const { status } = await cluster.call<V1Pod>('GET', pathOf('v1', 'Pod', 'default', pod), { withinMs: 10_000 })
    return status?.containerStatuses?.[0]?.state?.terminated?.message ?? null
  }
}

const emulatedProcesses = (): number =>
  readdirSync('/proc').filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('/.qemu\0/worker\0--for')
    } catch {
      return false
    }
  }).length
