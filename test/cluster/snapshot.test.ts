/** Two real control planes on which Jobs were run become a scenario, which validates and runs. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Model } from '../../engine/index.ts'
import { runSnapshot } from '../../runner/cli/snapshot.ts'
import { validate } from '../../runner/cli/validate.ts'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import type { FabricPlan } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { readFabric } from '../../runner/clusters/state.ts'
import { compile } from '../../runner/compile/compile.ts'
import { predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { beginState, smallPlan, whyNot } from './fabric.ts'

const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

describe.skipIf(why !== null)(why ?? 'a snapshot of two KWOK clusters', () => {
  let state: ReturnType<typeof beginState>
  let kubeconfig: string
  let plan: FabricPlan
  const clusters: Cluster[] = []

  beforeAll(async () => {
    state = beginState()
    plan = await smallPlan(state.folder, 'snapped')
    await up(plan, kwok, { say: () => {} })
    const handles = readFabric('snapped')!.clusters
    for (const handle of handles) clusters.push(await connect(handle))
    kubeconfig = join(state.folder, 'both')
    await joinKubeconfigs(
      handles.map(handle => handle.kubeconfig),
      kubeconfig,
    )
  }, 120_000)
  afterAll(async () => {
    for (const cluster of clusters) cluster.close()
    await state?.end()
  })

  test('nodes, and Jobs that ran and run, come back', { timeout: 120_000 }, async () => {
    const [east, west] = clusters
    await runJob(east, 'short', { pods: 4, cpu: '10m', duration: '3s' })
    await runJob(west, 'short', { pods: 2, cpu: '10m', duration: '3s' })
    await podsIn(east, 'Succeeded', 4)
    await podsIn(west, 'Succeeded', 2)
    await runJob(east, 'long', { pods: 1, cpu: '20m', duration: '10m' })
    await runJob(east, 'too-large', { pods: 1, cpu: '10', duration: '1s' })
    await podsIn(east, 'Running', 1)
    const before = await settled(clusters)

    const out = join(state.folder, 'lab.yaml')
    const context = [clusters.map(({ handle }) => `${handle.name}=${handle.context}`).join(',')]
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const talk = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await runSnapshot({ context, kubeconfig, out, since: '1h', dryRun: true })
    expect(printed.mock.calls.join('')).toContain('kind: Scenario')
    expect(existsSync(out)).toBe(false)
    expect(await runSnapshot({ context, kubeconfig, out, since: '1h' })).toBe(0)
    await expect(runSnapshot({ context, kubeconfig, out, since: '1h' })).rejects.toThrow('there already')
    expect(await runSnapshot({ context, kubeconfig, out, since: '1h', force: true })).toBe(0)
    expect(await validate([out], { set: [] })).toBe(0)
    printed.mockRestore()
    talk.mockRestore()

    // Nothing was written to the clusters: their objects are the same, but for what beats by itself.
    expect(await versions(clusters)).toEqual(before)

    const sweep = await loadPoints(out)
    const { scenario } = sweep.points[0].loaded
    // What nodes really have: as scaled, not as declared.
    const [{ cpuMilli }] = plan.clusters.map(({ scaled }) => scaled)
    expect(scenario.clusters).toMatchObject([
      { name: 'east', zone: 'eu-1', region: 'NL', nodes: 3, arch: 'arm64', cpuMilli, gpu: 1 },
      {
        name: 'west',
        zone: 'eu-2',
        region: 'DE',
        nodes: 2,
        arch: 'amd64',
        cpuMilli,
        gpu: 1,
        nodePrefix: 'edge-node',
      },
    ])
    const { model, traces } = compile(scenario)
    expect(traces.map(({ workload, jobs }) => [workload, jobs])).toEqual([
      ['east-jobs', 5],
      ['west-jobs', 2],
    ])
    // Clusters tell times in whole seconds; the long one has run for as long as the test has.
    const short = [...model.traces.runS].filter((_, job) => model.traces.class[job] !== longClass(model))
    expect(short.length).toBe(6)
    for (const runS of short) expect(Math.abs(runS - 3)).toBeLessThanOrEqual(1)
    expect(readFileSync(out, 'utf8')).toMatch(/left out of .*: 1 × waits, and nothing like it has finished/)
    expect(readFileSync(out, 'utf8')).toContain('# - 1 × still running')

    const { first, jobs } = await predict(sweep, { threads: 1, signal: new AbortController().signal, cache: null })
    expect(first.length).toBe(2)
    expect(jobs).toBe(2 * 7)
  })
})

/** The class of what asked for 20m. */
const longClass = ({ classes }: Model): number => classes.cpuMilli.indexOf(20)

async function joinKubeconfigs(files: readonly string[], file: string): Promise<void> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const all = new KubeConfig()
  for (const each of files) {
    const one = new KubeConfig()
    one.loadFromFile(each)
    all.mergeConfig(one)
  }
  writeFileSync(file, all.exportConfig())
}

async function runJob(
  cluster: Cluster,
  name: string,
  { pods, cpu, duration }: { pods: number; cpu: string; duration: string },
): Promise<void> {
  const container = { name: 'main', image: 'none', resources: { requests: { cpu, memory: '1Mi' } } }
  const template = {
    metadata: { annotations: { 'fabricdt.io/duration': duration } },
    spec: { restartPolicy: 'Never', containers: [container] },
  }
  const metadata = { name, namespace: 'default' }
  const spec = { parallelism: pods, completions: pods, backoffLimit: 0, template }
  const body = { apiVersion: 'batch/v1', kind: 'Job', metadata, spec }
  await cluster.call('POST', pathOf('batch/v1', 'Job', 'default'), { body, withinMs: 20_000 })
}

interface Listed {
  metadata: { name: string; uid: string; resourceVersion: string }
  status?: { phase?: string }
}

const list = async (cluster: Cluster, apiVersion: string, kind: string): Promise<Listed[]> =>
  (await cluster.call<{ items: Listed[] }>('GET', pathOf(apiVersion, kind))).items

async function podsIn(cluster: Cluster, phase: string, count: number): Promise<void> {
  const there = async () =>
    (await list(cluster, 'v1', 'Pod')).filter(({ status }) => status?.phase === phase).length >= count ? true : null
  expect(await until(there, { withinMs: 60_000, everyMs: 300 })).toBe(true)
}

/** Once controllers have written all that follows from what happened: nothing new for two seconds. */
async function settled(clusters: readonly Cluster[]): Promise<string[]> {
  let last: string[] = []
  const isSame = async () => {
    const now = await versions(clusters)
    const same = now.join() === last.join()
    last = now
    return same ? true : null
  }
  expect(await until(isSame, { withinMs: 60_000, everyMs: 2000 })).toBe(true)
  return last
}

/** Of Jobs and pods each version, of nodes (which beat) only who they are. */
async function versions(clusters: readonly Cluster[]): Promise<string[]> {
  const all: string[] = []
  for (const cluster of clusters) {
    for (const pod of await list(cluster, 'v1', 'Pod')) all.push(`${pod.metadata.uid} ${pod.metadata.resourceVersion}`)
    for (const job of await list(cluster, 'batch/v1', 'Job'))
      all.push(`${job.metadata.uid} ${job.metadata.resourceVersion}`)
    for (const node of await list(cluster, 'v1', 'Node')) all.push(node.metadata.uid)
  }
  return all
}
