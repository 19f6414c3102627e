import { expect, it } from 'vitest'
import type { Cluster } from '../../runner/clusters/client.ts'
import { findPrometheus } from '../../runner/telemetry/find-prometheus.ts'
import { prometheusTelemetry } from '../../runner/telemetry/prometheus-telemetry.ts'
import { SeriesBook } from '../../runner/telemetry/series.ts'

const service = (name: string, ports: { name?: string; port: number }[], labels = {}) => ({
  metadata: { name, namespace: 'monitoring', labels },
  spec: { ports },
})

function cluster(name: string, items: unknown[] | null, nodes: unknown[] = []) {
  const asked: string[] = []
  const answering = {
    handle: { name },
    call: async (_: string, path: string) => {
      asked.push(path)
      if (path.includes('/proxy/')) return { status: 'success', data: { resultType: 'matrix', result: [] } }
      if (path.endsWith('/nodes')) return { items: nodes }
      if (items === null) throw new Error('services is forbidden')
      return { items }
    },
  } as unknown as Cluster
  return { cluster: answering, asked }
}

it('the operator’s service is preferred, by its web port; parts of a Prometheus are none', async () => {
  const web = [
    { name: 'reloader-web', port: 8080 },
    { name: 'http-web', port: 9090 },
  ]
  const label = { 'app.kubernetes.io/name': 'prometheus' }
  const parts = [service('prometheus-node-exporter', [{ port: 9100 }]), service('shop', [{ port: 80 }])]
  const { cluster: both, asked } = cluster('c', [
    ...parts,
    service('mine', [{ port: 80 }], label),
    service('prometheus-operated', web),
  ])
  const found = await findPrometheus(both)
  expect(found!.name).toBe('Prometheus in c (monitoring/prometheus-operated:9090)')
  await found!.ask('/api/v1/query', { query: 'up' }, 1000)
  expect(asked.at(-1)).toBe('/api/v1/namespaces/monitoring/services/prometheus-operated:9090/proxy/api/v1/query')
  expect(await findPrometheus(cluster('c', parts).cluster)).toBeNull()
  expect((await findPrometheus(cluster('c', [service('mine', [{ port: 80 }], label)]).cluster))!.name).toMatch(
    /mine:80/,
  )
})

const ask = (clusters: Cluster[], url: string | null = null) =>
  prometheusTelemetry({
    ...{ url, application: null, namespace: 'ns', pods: 1, book: new SeriesBook(), patienceMs: 0 },
    clusters: clusters.map(each => ({
      cluster: each,
      nodes: new Map([[`real-${each.handle.name}`, each.handle.name]]),
    })),
    between: { fromMs: Date.now() - 10_000, toMs: Date.now() },
    signal: new AbortController().signal,
  })

it('where none is named or found, or may be looked for, it is said', async () => {
  expect(await ask([cluster('a', []).cluster])).toEqual({
    ...{ energy: null, application: null },
    sentences: ['no Prometheus is named (execute.prometheus), and none runs on the clusters'],
  })
  expect((await ask([cluster('a', null).cluster, cluster('b', []).cluster])).sentences).toEqual([
    'no Prometheus was looked for on a (services is forbidden)',
  ])
  const one = cluster('a', [service('prometheus', [{ port: 9090 }])]).cluster
  expect((await ask([one])).sentences).toEqual([
    'Prometheus in a (monitoring/prometheus:9090): it has no series of Kepler or Scaphandre',
  ])
  expect((await ask([one], 'http://127.0.0.1:1')).sentences[0]).toMatch(
    /^Prometheus at http:\/\/127.0.0.1:1: energy was not to be had/,
  )
})
