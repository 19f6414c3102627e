import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isStatus } from '../../runner/clusters/api-error.ts'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { pathOf, pathOfObject } from '../../runner/clusters/paths.ts'
import { backoffMs } from '../../runner/clusters/pause.ts'
import { FakeApi } from './fake-api.ts'

let folder: string
let api: FakeApi
let cluster: Cluster

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fabricdt-client-'))
  api = new FakeApi()
  await api.start()
  cluster = await connect(api.handle(folder))
})
afterEach(async () => {
  cluster.close()
  await api.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a refusal says who refused what, with the status and the reason', async () => {
  api.refuse = [404]
  const error = await cluster.call('GET', '/api/v1/pods').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'cluster-failed', status: 404, reason: 'Because', passing: false })
  expect((error as Error).message).toBe('cluster fake: GET /api/v1/pods: refused with 404')
  expect(isStatus(error, 404)).toBe(true)
})

test('what passes is tried again where it may be, and only then', async () => {
  api.refuse = [503, 429]
  await expect(cluster.call('GET', '/api/v1/pods', { withinMs: 5000 })).resolves.toMatchObject({ kind: 'PodList' })
  api.refuse = [503]
  await expect(cluster.call('GET', '/api/v1/pods')).rejects.toMatchObject({ status: 503, passing: true })
  api.refuse = [403]
  await expect(cluster.call('GET', '/api/v1/pods', { withinMs: 5000 })).rejects.toMatchObject({ status: 403 })
})

test('a server that is not there is an error in time', async () => {
  await api.stop()
  const startMs = performance.now()
  await expect(cluster.call('GET', '/api/v1/pods', { withinMs: 500 })).rejects.toMatchObject({ status: 0 })
  expect(performance.now() - startMs).toBeLessThan(5000)
  await api.start()
})

test('a call can be called off', async () => {
  const controller = new AbortController()
  const call = cluster.call('GET', '/api/v1/pods', {
    query: { watch: true, resourceVersion: '5' },
    signal: controller.signal,
  })
  setTimeout(() => controller.abort(new Error('enough')), 50)
  await expect(call).rejects.toThrow('enough')
})

test('an answer that does not come whole is an error in time', async () => {
  const call = cluster.call('GET', '/api/v1/pods', { query: { watch: true, resourceVersion: '5' }, timeoutMs: 200 })
  await expect(call).rejects.toMatchObject({ status: 0 })
})

test('apply is strict, ours, and only asks where it is a dry run', async () => {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'run' } }
  await cluster.apply(object)
  await cluster.apply(object, { dryRun: true })
  const query = 'fieldManager=fabricdt&force=true&fieldValidation=Strict'
  expect(api.requests).toEqual([
    `PATCH /api/v1/namespaces/run?${query}`,
    `PATCH /api/v1/namespaces/run?${query}&dryRun=All`,
  ])
})

test('a kubeconfig that is not there, or has no such context, is an error that names it', async () => {
  const handle = api.handle(folder)
  await expect(connect({ ...handle, kubeconfig: join(folder, 'none') })).rejects.toMatchObject({
    code: 'cluster-failed',
  })
  await expect(connect({ ...handle, context: 'other' })).rejects.toThrow('no context other')
})

test('where objects lie', () => {
  expect(pathOf('v1', 'Node', undefined, 'a')).toBe('/api/v1/nodes/a')
  expect(pathOf('batch/v1', 'Job', 'run')).toBe('/apis/batch/v1/namespaces/run/jobs')
  expect(pathOf('networking.k8s.io/v1', 'NetworkPolicy', 'run')).toMatch(/networkpolicies$/)
  expect(pathOf('node.k8s.io/v1', 'RuntimeClass')).toBe('/apis/node.k8s.io/v1/runtimeclasses')
  expect(pathOf('gateway.networking.k8s.io/v1', 'Gateway')).toMatch(/gateways$/)
  expect(() => pathOfObject({ apiVersion: 'v1', kind: 'Pod', metadata: {} })).toThrow(TypeError)
})

test('pauses grow and are bounded', () => {
  const least = () => 0
  expect([0, 1, 2, 20].map(tries => backoffMs(tries, least))).toEqual([50, 100, 200, 2500])
})
