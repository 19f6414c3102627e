/** Partitions by Chaos Mesh: what its API server is asked for. The controller is played by the test: it needs real containers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { binaryFolder, buildCommand } from '../../runner/clusters/binaries.ts'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { inject, kindsFor } from '../../runner/clusters/inject/inject.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { type KubeObject, pathOf, pathOfObject } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { beginState, smallPlan, whyNot } from './fabric.ts'

const definition = join(binaryFolder(), 'crds/chaos-mesh.org_networkchaos.yaml')
const why =
  (await whyNot(findProvider('kwok')!)) ?? (existsSync(definition) ? null : `no ${definition}; ${buildCommand()}`)

type Chaos = KubeObject & { spec: object; status?: object }

describe.skipIf(why !== null)(why ?? 'where Chaos Mesh is installed', () => {
  const provider = findProvider('context')!
  let state: ReturnType<typeof beginState>
  let clusters: Cluster[] = []

  beforeAll(async () => {
    state = beginState()
    const handles = await up(await smallPlan(state.folder, 'chaos'), findProvider('kwok')!, { say: () => {} })
    clusters = await Promise.all(handles.map(connect))
  })
  afterAll(async () => {
    for (const cluster of clusters) cluster.close()
    await state?.end()
  })

  /** What the controller of Chaos Mesh does: it holds the object by a finalizer, and says that all is cut. */
  const played = async (): Promise<Chaos> => {
    const path = pathOf('chaos-mesh.org/v1alpha1', 'NetworkChaos', 'default')
    const found = await until(
      async () => (await clusters[0].call<{ items: Chaos[] }>('GET', path, { withinMs: 10_000 })).items[0] ?? null,
      {
        withinMs: 10_000,
        everyMs: 50,
      },
    )
    const object = { ...found!, apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'NetworkChaos' }
    const status = { conditions: [{ type: 'AllInjected', status: 'True' }], experiment: { desiredPhase: 'Run' } }
    const metadata = { finalizers: ['chaos-mesh/records'] }
    await clusters[0].call('PATCH', pathOfObject(object), { body: { metadata, status } })
    return object
  }

  test('pods of ours are cut off by their addresses, until that is taken back', async () => {
    const [east] = clusters
    expect(await kindsFor(provider, [east])).not.toContain('cut')
    await east.apply(parse(readFileSync(definition, 'utf8')) as KubeObject)
    await until(async () => ((await kindsFor(provider, [east])).has('cut') ? true : null), { withinMs: 10_000 })
    expect(await kindsFor(provider, [east])).toContain('cut')

    const journal = new Journal('chaos')
    const target = { kind: 'cut', nodes: [], other: 'west' } as const
    // With nothing that runs there is nothing to cut.
    await (await inject(target, east, { provider, journal })).takeBack()
    expect(journal.open()).toEqual([])

    const pod = { name: 'work', labels: { 'app.kubernetes.io/managed-by': 'fabricdt' } }
    const spec = { nodeName: 'east-node-01', containers: [{ name: 'work', image: 'none' }] }
    await east.call('POST', pathOf('v1', 'Pod', 'default'), {
      body: { apiVersion: 'v1', kind: 'Pod', metadata: pod, spec },
      withinMs: 10_000,
    })
    const path = pathOf('v1', 'Pod', 'default', 'work')
    const phase = async () => (await east.call<{ status: { phase: string } }>('GET', path)).status.phase
    await until(async () => ((await phase()) === 'Running' ? true : null), { withinMs: 20_000 })

    const injecting = inject(target, east, { provider, journal })
    const chaos = await played()
    expect(chaos.spec).toMatchObject({
      ...{ action: 'partition', mode: 'all', direction: 'to' },
      selector: { namespaces: ['default'], labelSelectors: { 'app.kubernetes.io/managed-by': 'fabricdt' } },
      externalTargets: expect.arrayContaining(['127.0.0.1']),
    })
    const injection = await injecting
    expect(journal.open()).toMatchObject([{ step: { means: 'network-chaos', cluster: 'east' } }])

    let isBack = false
    const back = injection.takeBack().then(() => {
      isBack = true
    })
    const isDeleted = async () =>
      (await east.call<KubeObject & { metadata: { deletionTimestamp?: string } }>('GET', pathOfObject(chaos))).metadata
        .deletionTimestamp ?? null
    expect(await until(isDeleted, { withinMs: 10_000 })).not.toBeNull()
    // Not before the controller has undone it.
    expect(isBack).toBe(false)
    await east.call('PATCH', pathOfObject(chaos), { body: { metadata: { finalizers: null } } })
    await back
    expect(journal.open()).toEqual([])
  })
})
