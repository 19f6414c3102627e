/** The planner over real control planes: it sees what they have, runs a plan on them and compares. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import type { Plan } from '../../runner/plan/plan.ts'
import type { PlanVerification } from '../../runner/plan/verification.ts'
import { beginState, scenarioFile, smallPlan, whyNot } from './fabric.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

describe.skipIf(why !== null)(why === null ? 'serve --live' : why, () => {
  let state: ReturnType<typeof beginState>
  let west: Cluster
  let server: ChildProcess
  let url = ''

  beforeAll(async () => {
    state = beginState()
    const handles = await up(await smallPlan(state.folder, 'planned'), kwok, { say: () => {} })
    west = await connect(handles.find(({ name }) => name === 'west')!)
    const file = scenarioFile(state.folder, 'planned')
    const args = [join(root, 'runner/bin/fabricdt-run.mjs'), 'serve', file, '--live', '--port', '0']
    server = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    url = await new Promise<string>((resolve, reject) => {
      let said = ''
      server.stderr?.on('data', chunk => {
        said += String(chunk)
        const at = /planning at (http:\S+)/.exec(said)?.[1]
        if (at !== undefined) resolve(at)
      })
      server.once('exit', () => reject(new Error(`serve ended: ${said}`)))
    })
    const ready = await until(async () => ((await fetch(`${url}/readyz`)).ok ? true : null), { withinMs: 30_000 })
    expect(ready).toBe(true)
  })
  afterAll(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    west?.close()
    await state?.end()
  })

  const get = async <T>(path: string) => (await (await fetch(url + path)).json()) as T
  const post = async (path: string, body?: unknown) =>
    fetch(url + path, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  const plan = async (cpu: number) => {
    const stages = [{ id: 's1', compute: { cpu, mem_gb: 1, duration_ms: 3000 }, constraints: { arch: ['amd64'] } }]
    const metadata = { name: 'one', deadline_ms: 20_000, origin: { cluster: 'west' } }
    const answer = await post('/plan', { job: { metadata, spec: { stages } }, strategy: 'greedy', hold: false })
    expect(answer.status).toBe(201)
    return (await answer.json()) as Plan
  }
  interface Fabric {
    source: string
    clusters: { name: string; ready: number; cpu_free: number }[]
  }
  const clusterNamed = async (name: string) => (await get<Fabric>('/fabric')).clusters.find(c => c.name === name)!

  test('sees what pods of others take of nodes, and plans around them', async () => {
    expect((await get<Fabric>('/fabric')).source).toBe('live')
    expect(await clusterNamed('west')).toMatchObject({ ready: 2, cpu_free: 8 })
    expect((await plan(3)).placement[0].node).toBe('edge-node-01')
    // Scaled 1:10, this is half of a node.
    const container = { name: 'a', image: 'a', resources: { requests: { cpu: '200m', memory: '10Mi' } } }
    const spec = { nodeName: 'edge-node-01', containers: [container] }
    const body = { metadata: { name: 'other' }, spec }
    await cluster('POST', '/api/v1/namespaces/default/pods', body)
    await until(async () => ((await clusterNamed('west')).cpu_free === 6 ? true : null), { withinMs: 10_000 })
    expect((await clusterNamed('west')).cpu_free).toBe(6)
    expect((await plan(3)).placement[0].node).toBe('edge-node-02')
    await cluster('DELETE', '/api/v1/namespaces/default/pods/other?gracePeriodSeconds=0')
    await until(async () => ((await clusterNamed('west')).cpu_free === 8 ? true : null), { withinMs: 20_000 })
    expect((await plan(3)).placement[0].node).toBe('edge-node-01')
  })

  test('leaves a closed node alone', async () => {
    const path = pathOf('v1', 'Node', undefined, 'edge-node-01')
    await cluster('PATCH', path, { spec: { unschedulable: true } })
    await until(async () => ((await clusterNamed('west')).ready === 1 ? true : null), { withinMs: 10_000 })
    expect((await plan(3)).placement[0].node).toBe('edge-node-02')
    await cluster('PATCH', path, { spec: { unschedulable: null } })
    await until(async () => ((await clusterNamed('west')).ready === 2 ? true : null), { withinMs: 10_000 })
  })

  test('runs a plan where it was planned, and compares', async () => {
    const { id, predicted } = await plan(2)
    const begun = await post(`/plan/${id}/execute`)
    expect(begun.status).toBe(202)
    const over = await until(
      async () => {
        const { status, execution } = await get<Plan>(`/plan/${id}`)
        return status === 'executing' ? null : { status, execution }
      },
      { withinMs: 60_000, everyMs: 500 },
    )
    expect(over?.execution?.error).toBeNull()
    expect(over?.status).toBe('completed')
    const verified = await get<PlanVerification>(`/plan/${id}/verify`)
    const { observed, error } = verified.latency_ms
    process.stdout.write(
      `a plan on KWOK: predicted ${predicted.latency_ms?.estimate} ms, observed ${observed} ms: ${verified.verdict}\n`,
    )
    expect(observed).toBeGreaterThan(3000)
    // A control plane on a busy machine is slow, never quick.
    expect(error).toBeLessThan(0.01)
    expect(verified.verification?.policies[0].rows.find(({ quantity }) => quantity === 'runTime')?.status).toBe('given')
    expect(verified.reasons.length).toBeGreaterThan(0)
    const { items } = await cluster<{ items: { metadata: { name: string } }[] }>('GET', '/api/v1/namespaces')
    expect(
      items.filter(({ metadata }) => metadata.name.startsWith('fabricdt-') && !('deletionTimestamp' in metadata)),
    ).toEqual([])
  })

  const cluster = <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    west.call<T>(method, path, { ...(body === undefined ? {} : { body }), withinMs: 20_000 })
})
