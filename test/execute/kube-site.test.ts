/** A cluster that answers, falls silent and answers again. */
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Cluster } from '../../runner/clusters/client.ts'
import { KubeSite } from '../../runner/execute/kube-site.ts'
import type { Seen } from '../../runner/execute/site.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An API server with one node; `isUp` says whether it answers. */
function serverOf(calls: string[]) {
  const server = { isUp: true, cluster: null as unknown as Cluster }
  const ready = { type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }
  const node = { metadata: { name: 'real-n', resourceVersion: '1' }, status: { conditions: [ready] } }
  server.cluster = {
    handle: { fabric: 'f', name: 'c', provider: 'p', kubeconfig: '', context: '' },
    server: new URL('https://127.0.0.1'),
    async call<T>(method: string, path: string): Promise<T> {
      if (!server.isUp) throw new Error('no answer')
      if (method !== 'GET') calls.push(`${method} ${path}`)
      return { metadata: { resourceVersion: '1' }, items: path === '/api/v1/nodes' ? [node] : [] } as T
    },
    async apply<T>(object: T): Promise<T> {
      const { metadata } = object as { metadata: object }
      return { ...object, metadata: { ...metadata, creationTimestamp: '2026-01-01T00:00:07Z' } }
    },
    open: async () => new PassThrough() as unknown as IncomingMessage,
    close: () => {},
  }
  return server
}

describe('a site', () => {
  it('tells nodes by the scenario’s names, falls silent, and tells all anew', async () => {
    const server = serverOf([])
    const told: string[] = []
    const seen: Seen = {
      pod: () => {},
      node: ({ node, ready }) => void told.push(`${node} ${ready}`),
      echo: () => {},
      interrupted: () => {},
      heard: (isHeard, why) => void told.push(isHeard ? 'heard' : why),
    }
    const site = new KubeSite(server.cluster, 'ns', new Map([['real-n', 'n']]))
    await site.watch(seen)
    expect(told.splice(0)).toEqual(['n true'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(told).toEqual([])
    server.isUp = false
    await vi.advanceTimersByTimeAsync(30_000)
    expect(told.splice(0)).toEqual(['nothing was heard of the cluster for 20 s'])
    server.isUp = true
    await vi.advanceTimersByTimeAsync(6000)
    expect(told.splice(0)).toEqual(['heard', 'n true'])
    site.close()
    server.isUp = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(told).toEqual([])
  })

  it('makes Jobs and says when the cluster made them, and takes them away with their pods', async () => {
    const calls: string[] = []
    const { cluster } = serverOf(calls)
    const site = new KubeSite(cluster, 'ns', new Map())
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: 'ns' } }
    expect(await site.submit(job)).toEqual({ createdMs: Date.UTC(2026, 0, 1, 0, 0, 7) })
    await site.withdraw('j')
    expect(calls).toEqual(['DELETE /apis/batch/v1/namespaces/ns/jobs/j'])
  })
})
