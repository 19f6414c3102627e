import { expect, it } from 'vitest'
import type { Cluster } from '../../runner/clusters/client.ts'
import { SeriesBook } from '../../runner/telemetry/series.ts'
import { fromMetrics, fromSummary } from '../../runner/telemetry/usage-readings.ts'
import { UsageSampler } from '../../runner/telemetry/usage-sampler.ts'

const at = '2026-01-01T00:00:15Z'
const atMs = Date.parse(at)

it('the Metrics API’s quantities become cores and bytes; a pod uses what its containers do', () => {
  const used = (cpu: string, memory: string) => ({ usage: { cpu, memory } })
  const items = [
    { metadata: { name: 'n' }, timestamp: at, ...used('1500m', '2Ki') },
    { metadata: { name: 'p' }, timestamp: at, containers: [used('250000000n', '1Mi'), used('1', '1Mi')] },
    { metadata: { name: 'odd' }, timestamp: at, containers: [used('much', '1')] },
  ]
  expect(fromMetrics({ items })).toEqual([
    { name: 'n', atMs, cores: 1.5, bytes: 2048 },
    { name: 'p', atMs, cores: 1.25, bytes: 2 * 2 ** 20 },
    { name: 'odd', atMs, cores: Number.NaN, bytes: 1 },
  ])
  expect(fromMetrics({})).toEqual([])
})

it('of a kubelet’s summary the pods of the namespace count', () => {
  const cpu = { time: at, usageNanoCores: 5e8 }
  const pods = [
    { podRef: { name: 'p', namespace: 'ns' }, cpu, memory: { workingSetBytes: 7 } },
    { podRef: { name: 'q', namespace: 'other' }, cpu },
    { podRef: { name: 'fresh', namespace: 'ns' } },
  ]
  expect(fromSummary({ pods }, 'ns')).toEqual([
    { name: 'p', atMs, cores: 0.5, bytes: 7 },
    { name: 'fresh', atMs: Number.NaN, cores: Number.NaN, bytes: Number.NaN },
  ])
})

/** A cluster that answers by path; undefined: it refuses. */
const cluster = (name: string, answer: (path: string) => unknown): Cluster =>
  ({
    handle: { name },
    call: async (_method: string, path: string) => {
      const body = answer(path)
      if (body === undefined) throw new Error(`no such thing: ${path}`)
      return body
    },
  }) as unknown as Cluster

it('keeps what is told once, with both times, by the scenario’s names, and says who did not tell', async () => {
  let looks = 0
  const told = cluster('a', path => {
    if (path.endsWith('/stats/summary'))
      return { pods: [{ podRef: { name: 'p', namespace: 'ns' }, cpu: { time: at, usageNanoCores: 1e9 } }] }
    if (path.endsWith('/nodes')) looks++
    const timestamp = looks > 1 ? '2026-01-01T00:00:30Z' : at
    const usage = { cpu: '500m', memory: '1Ki' }
    const stranger = { metadata: { name: 'stranger' }, timestamp, usage }
    return { items: [{ metadata: { name: path.endsWith('/nodes') ? 'real-1' : 'p' }, timestamp, usage }, stranger] }
  })
  const silent = cluster('b', () => undefined)
  const book = new SeriesBook()
  const sampler = new UsageSampler({
    ...{ namespace: 'ns', kubelets: true, book, everyMs: 60_000 },
    clusters: [
      { cluster: told, nodes: new Map([['real-1', 'edge-01']]) },
      { cluster: silent, nodes: new Map([['real-2', 'edge-02']]) },
    ],
  })
  const beganMs = Date.now()
  sampler.begin()
  await new Promise(resolve => setTimeout(resolve, 20))
  await sampler.end()
  const node = book.series.find(({ kind, metric }) => kind === 'node' && metric === 'cpu')!
  expect(node).toMatchObject({
    source: 'metrics-api',
    cluster: 'a',
    name: 'edge-01',
    unit: 'cores',
    values: [0.5, 0.5],
  })
  expect(node.atMs).toEqual([atMs, atMs + 15_000])
  for (const receiptMs of node.receiptMs) expect(receiptMs).toBeGreaterThanOrEqual(beganMs)
  const summary = book.series.filter(({ source }) => source === 'stats-summary')
  // The same instant twice is one figure, and what says nothing of memory has none.
  expect(summary.map(({ metric, values }) => [metric, values])).toEqual([['cpu', [1]]])
  expect(sampler.sentences(5)).toEqual([
    expect.stringMatching(/^Metrics API: use of 1 of 2 nodes and of 2 of 5 pods/),
    '/stats/summary: use of 1 of 5 pods',
    expect.stringMatching(/^Metrics API of b: nothing was to be had \(no such thing: /),
    expect.stringMatching(/^\/stats\/summary of b: nothing was to be had/),
  ])
})

it('a book that is full drops what comes, and counts it', () => {
  const book = new SeriesBook(2)
  const named = { source: 's', cluster: 'c', kind: 'node', name: 'n', metric: 'cpu', unit: 'cores' } as const
  for (const at of [1, 2, 2, 3, 4]) book.add(named, { atMs: at, receiptMs: at, value: at })
  book.add(named, { atMs: 9, receiptMs: 9, value: Number.NaN })
  expect(book.series.map(({ values }) => values)).toEqual([[1, 2]])
  expect(book.dropped).toBe(2)
})
