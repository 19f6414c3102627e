/** What every provider must do, on every provider that this machine has what it needs for. */
import { statSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { graceSecondsOf } from '../../runner/clusters/docker.ts'
import type { FabricPlan } from '../../runner/clusters/fabric-plan.ts'
import { down, nodeOn, up } from '../../runner/clusters/fabrics.ts'
import { inject, kindsFor } from '../../runner/clusters/inject/inject.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { readQuota } from '../../runner/clusters/kubelet/cgroups.ts'
import { busyboxImage } from '../../runner/clusters/kubelet/images.ts'
import { placeOf } from '../../runner/clusters/kubelet/place.ts'
import { isReady } from '../../runner/clusters/nodes.ts'
import { whyNoPackets } from '../../runner/clusters/packets.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { processesOf } from '../../runner/clusters/processes.ts'
import { findProvider, providers } from '../../runner/clusters/providers/index.ts'
import { readQuantity } from '../../runner/clusters/read-quantity.ts'
import { type ClusterHandle, fabricFolder, readFabric } from '../../runner/clusters/state.ts'
import { survey } from '../../runner/clusters/survey.ts'
import { reaches } from '../../runner/clusters/ways.ts'
import { beginState, smallPlan, whyNot } from './fabric.ts'

for (const provider of providers) {
  const why = await whyNot(provider.name === 'context' ? findProvider('kwok')! : provider)
  describe.skipIf(why !== null)(why === null ? provider.name : `${why}`, () => {
    const isSimulated = provider.name === 'kwok' || provider.name === 'context'
    const image = provider.name === 'kubelet' ? busyboxImage : 'busybox:1.37'
    let state: ReturnType<typeof beginState>
    let plan: FabricPlan
    let handles: ClusterHandle[] = []
    let clusters: Cluster[] = []

    beforeAll(async () => {
      state = beginState()
      plan = await smallPlan(state.folder, `conform-${provider.name}`)
      const options = provider.name === 'context' ? await existing(state.folder) : {}
      handles = await up(plan, provider, { say, options })
      clusters = await Promise.all(handles.map(connect))
    })
    afterAll(async () => {
      for (const cluster of clusters) cluster.close()
      await state?.end()
    })

    const nodeOf = (index: number, ordinal: number) => nodeOn(handles[index], plan.clusters[index].nodes[ordinal])
    const readNode = (index: number, ordinal: number) =>
      clusters[index].call<V1Node>('GET', pathOf('v1', 'Node', undefined, nodeOf(index, ordinal)))

    test('the nodes are those of the plan, labelled, and have what was scaled', async () => {
      for (const [index, planned] of plan.clusters.entries()) {
        const node = await readNode(index, planned.nodes.length - 1)
        expect(node.metadata?.labels).toMatchObject({
          'topology.kubernetes.io/zone': planned.zone,
          'topology.kubernetes.io/region': planned.region,
          // Nodes that are containers are of this machine's kind.
          ...(isSimulated ? { 'kubernetes.io/arch': planned.arch } : {}),
          'fabricdt.io/pool': 'small',
          'fabricdt.io/cluster': planned.name,
        })
        expect(readQuantity(node.status?.allocatable?.['fabricdt.io/gpu-milli'] ?? '')).toBe(1000)
        const cpuMilli = 1000 * readQuantity(node.status?.allocatable?.cpu ?? '')
        if (isSimulated) expect(cpuMilli).toBe(planned.scaled.cpuMilli)
        else expect(cpuMilli).toBeGreaterThanOrEqual(planned.scaled.cpuMilli)
        expect(isReady(node)).toBe(true)
      }
    })

    test('everything is noted, and private', async () => {
      expect(readFabric(plan.name)).toMatchObject({ phase: 'up', provider: provider.name, clusters: handles })
      for (const { kubeconfig } of handles) expect(statSync(kubeconfig).mode & 0o077).toBe(0)
      const found = await survey(readFabric(plan.name)!)
      expect(found.clusters.map(({ problem, nodes }) => ({ problem, nodes }))).toEqual([
        { problem: null, nodes: { planned: 3, there: 3, ready: 3 } },
        { problem: null, nodes: { planned: 2, there: 2, ready: 2 } },
      ])
    })

    test('a second one of that name is refused', async () => {
      await expect(up(plan, provider, { say })).rejects.toMatchObject({ code: 'fabric-exists' })
      expect(readFabric(plan.name)?.phase).toBe('up')
    })

    test('a pod runs for as long as it says, and its times are kept', async () => {
      await clusters[0].call('POST', pathOf('v1', 'Pod', 'default'), {
        body: podOn(nodeOf(0, 0), 'timed', '4s', image),
      })
      const pod = await phaseOf(clusters[0], 'timed', 'Succeeded')
      const { startedAt, finishedAt } = pod?.status?.containerStatuses?.[0].state?.terminated ?? {}
      const seconds = (Date.parse(String(finishedAt)) - Date.parse(String(startedAt))) / 1000
      // Kubernetes counts whole seconds.
      expect(seconds).toBeGreaterThanOrEqual(3)
      expect(seconds).toBeLessThanOrEqual(6)
    })

    test.skipIf(provider.failures.blackout === undefined)(
      'a node goes dark and comes back; the journal is empty afterwards',
      async () => {
        await clusters[1].call('POST', pathOf('v1', 'Pod', 'default'), {
          body: podOn(nodeOf(1, 0), 'lost', '3s', image),
        })
        expect(await phaseOf(clusters[1], 'lost', 'Running')).not.toBeNull()
        const journal = new Journal(plan.name)
        const injection = await inject({ kind: 'blackout', nodes: [nodeOf(1, 0)] }, clusters[1], { provider, journal })
        expect(journal.open()).toHaveLength(1)
        const [, doneMs] = injection.injectedMs
        expect(await takesPodsIs(1, 0, false)).toBe(true)
        if (provider.failures.blackout !== 'taint') {
          // After the last sign of life, which was a little earlier; looked for every second.
          const detectedS = (Date.now() - doneMs) / 1000
          const noticedS = provider.failures.blackout === 'docker-pause' ? graceSecondsOf(6) : 6
          expect(detectedS).toBeGreaterThan(noticedS / 2)
          expect(detectedS).toBeLessThan(noticedS + 6)
        }
        expect(await takesPodsIs(1, 1, true)).toBe(true)
        await injection.takeBack()
        expect(journal.open()).toEqual([])
        expect(await takesPodsIs(1, 0, true)).toBe(true)
        // Paused containers go on: what was lost is deleted by whoever runs it.
        if (['docker-pause', 'freeze'].includes(provider.failures.blackout!)) return
        // What ran there is lost for good, whatever its time was.
        const { items } = await clusters[1].call<{ items: V1Pod[] }>('GET', pathOf('v1', 'Pod', 'default'))
        const lost = items.find(({ metadata }) => metadata?.name === 'lost')
        expect(lost?.status?.phase).not.toBe('Succeeded')
      },
    )

    test.skipIf(provider.failures.slow === undefined)('a node is slow, and as quick as before afterwards', async () => {
      const { cgroup } = placeOf(plan.name, plan.clusters[0].name, plan.clusters[0].nodes[0])
      const beforeUs = readQuota(cgroup)
      expect(beforeUs).toBe(100 * plan.clusters[0].scaled.cpuMilli)
      const journal = new Journal(plan.name)
      const target = { kind: 'slow', nodes: [nodeOf(0, 0)], factor: 0.5 } as const
      const injection = await inject(target, clusters[0], { provider, journal })
      expect(readQuota(cgroup)).toBe(beforeUs / 2)
      expect(journal.open()).toHaveLength(1)
      await injection.takeBack()
      expect(readQuota(cgroup)).toBe(beforeUs)
      expect(journal.open()).toEqual([])
    })

    test.skipIf(provider.failures.cut !== 'drop-packets' || whyNoPackets() !== null)(
      'one cluster does not reach the other, which still reaches it, until that is put back',
      async () => {
        expect(await kindsFor(provider, clusters)).toContain('cut')
        const [east, west] = clusters
        const reach = async () => [await reaches(handles[0], west, 500), await reaches(handles[1], east, 500)]
        const dial = isSimulated ? null : await listening(west, nodeOf(1, 0), image)
        expect(await reach()).toEqual([true, true])
        if (dial !== null) expect(await dial(east, nodeOf(0, 0), 'before')).toBe('Succeeded')

        const journal = new Journal(plan.name)
        const injection = await inject({ kind: 'cut', nodes: [], other: 'west' }, east, { provider, journal })
        expect(journal.open()).toHaveLength(1)
        expect(await reach()).toEqual([false, true])
        // Whoever is neither of them is none the wiser.
        await west.call('GET', '/readyz')
        if (dial !== null) expect(await dial(east, nodeOf(0, 0), 'meanwhile')).toBe('Failed')

        await injection.takeBack()
        expect(journal.open()).toEqual([])
        expect(await reach()).toEqual([true, true])
        if (dial !== null) expect(await dial(east, nodeOf(0, 0), 'after')).toBe('Succeeded')
      },
    )

    test('nothing is left of it when it is taken down, and a second time nothing happens', async () => {
      const noted = readFabric(plan.name)!
      const stays = provider.name === 'context'
      const target = { kind: 'blackout', nodes: [nodeOf(0, 0)] } as const
      if (stays) await inject(target, clusters[0], { provider, journal: new Journal(plan.name) })
      await down(noted, { say })
      // Clusters of somebody else's are as they were.
      if (stays) expect(await takesPodsIs(0, 0, true)).toBe(true)
      expect(readFabric(plan.name)).toBeNull()
      expect(processesOf(fabricFolder(plan.name))).toEqual([])
    })

    const takesPodsIs = (index: number, ordinal: number, wanted: boolean) =>
      until(
        async () => {
          const node = await readNode(index, ordinal)
          const tainted = (node.spec?.taints ?? []).length > 0 || node.spec?.unschedulable === true
          return (isReady(node) && !tainted) === wanted ? true : null
        },
        { withinMs: 60_000 },
      )
  })
}

const say = (): void => {}

/** Clusters that somebody else made, for the provider that takes what is there: contexts by cluster. */
async function existing(folder: string): Promise<Record<string, string>> {
  const made = await up(await smallPlan(folder, 'existing'), findProvider('kwok')!, { say })
  vi.stubEnv('KUBECONFIG', made.map(({ kubeconfig }) => kubeconfig).join(delimiter))
  return Object.fromEntries(made.map(({ name, context }) => [name, context]))
}

const podOn = (nodeName: string, name: string, duration: string, image: string): V1Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    labels: { 'app.kubernetes.io/managed-by': 'fabricdt' },
    annotations: { 'fabricdt.io/duration': duration },
  },
  spec: {
    nodeName,
    restartPolicy: 'Never',
    containers: [
      {
        name: 'work',
        image,
        command: ['sleep', duration.replace('s', '')],
        resources: { requests: { cpu: '10m' } },
      },
    ],
  },
})

/** A pod that answers; and what becomes of another, on another cluster, that calls it for two seconds. */
async function listening(cluster: Cluster, node: string, image: string) {
  const run = (on: Cluster, where: string, name: string, command: string[]) => {
    const body = podOn(where, name, '0s', image)
    Object.assign(body.spec!.containers[0], { command })
    return on.call('POST', pathOf('v1', 'Pod', 'default'), { body })
  }
  await run(cluster, node, 'answers', ['/bin/busybox', 'httpd', '-f', '-p', '8080', '-h', '/'])
  const address = (await phaseOf(cluster, 'answers', 'Running'))!.status!.podIP!
  return async (from: Cluster, where: string, name: string): Promise<string> => {
    await run(from, where, name, ['/bin/busybox', 'nc', '-w', '2', address, '8080'])
    return (await ended(from, name)).status!.phase!
  }
}

const ended = async (cluster: Cluster, name: string): Promise<V1Pod> =>
  (await until(
    async () => {
      const pod = await cluster.call<V1Pod>('GET', pathOf('v1', 'Pod', 'default', name))
      return ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '') ? pod : null
    },
    { withinMs: 60_000 },
  ))!

const phaseOf = (cluster: Cluster, name: string, phase: string) =>
  until(
    async () => {
      const pod = await cluster.call<V1Pod>('GET', pathOf('v1', 'Pod', 'default', name))
      return pod.status?.phase === phase ? pod : null
    },
    { withinMs: 60_000 },
  )
