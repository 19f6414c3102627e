import { describe, expect, it } from 'vitest'
import { nodeEnergy } from '../../runner/telemetry/node-energy.ts'
import { type KnownNode, NodeFinder } from '../../runner/telemetry/node-finder.ts'
import { podEnergy } from '../../runner/telemetry/pod-energy.ts'
import type { Prometheus } from '../../runner/telemetry/prometheus.ts'
import { SeriesBook } from '../../runner/telemetry/series.ts'

const nodes: KnownNode[] = [
  { cluster: 'a', node: 'a-01', names: ['real-1', '10.0.0.1'] },
  { cluster: 'a', node: 'a-02', names: ['real-2', '10.0.0.2'] },
  { cluster: 'b', node: 'b-01', names: ['real-1', '10.0.0.3'] },
]
const finder = new NodeFinder(nodes)
const toMs = Date.now() - 5000
const between = { fromMs: toMs - 100_000, toMs }

type Labels = Record<string, string>

/** Every 10 s from before the time until after it: so much a second from a start on, or as told. */
const rising = (labels: Labels, perS: number, value = (s: number) => 1e6 + s * perS) => ({
  metric: labels,
  values: Array.from({ length: 14 }, (_, i) => [toMs / 1000 - 120 + i * 10, String(value(i * 10))]),
})
const level = (labels: Labels, value: number) => rising(labels, 0, () => value)

function prometheus(series: readonly { metric: Labels; values: unknown }[], cluster: string | null = null) {
  const queries: string[] = []
  const it: Prometheus = {
    name: 'Prometheus',
    cluster,
    ask: async (_, { query }) => {
      queries.push(query)
      // Those whose name the query has.
      const result = series.filter(({ metric }) => query.includes(metric.__name__))
      return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
    },
  }
  return { it, queries }
}

const measure = (series: readonly { metric: Labels; values: unknown }[], cluster: string | null = null) =>
  nodeEnergy([prometheus(series, cluster).it], finder, nodes, between, { patienceMs: 0 })

const joules = (found: Awaited<ReturnType<typeof measure>>) =>
  [...(found.energy?.nodeJ ?? [])].map(([node, value]) => [node, Math.round(value)])

const kepler = (node: string, zone: string, more: Labels = {}) => ({
  ...{ __name__: 'kepler_node_cpu_joules_total', node_name: node, zone, path: `/sys/${zone}` },
  ...more,
})

describe('energy of nodes', () => {
  it('by Kepler is that of packages and memory; cores lie within packages', async () => {
    const found = await measure([
      rising(kepler('real-2', 'package', { path: '/0' }), 20),
      rising(kepler('real-2', 'package', { path: '/1' }), 30),
      rising(kepler('real-2', 'dram'), 5),
      rising(kepler('real-2', 'core'), 40),
    ])
    expect(joules(found)).toEqual([['a-02', 5500]])
    expect(found.energy!.source).toBe('Kepler (CPU packages and memory)')
    expect(found.sentences).toEqual(['Kepler (CPU packages and memory): energy of 1 of 3 nodes'])
  })

  it('is that of the whole platform where that is measured, and never of both', async () => {
    const found = await measure([rising(kepler('real-2', 'psys'), 90), rising(kepler('real-2', 'package'), 20)])
    expect([joules(found), found.energy!.source]).toEqual([[['a-02', 9000]], 'Kepler (platform)'])
  })

  it('scraped twice is not twice as much', async () => {
    const found = await measure([
      rising(kepler('real-2', 'psys', { job: 'kepler' }), 10),
      rising(kepler('real-2', 'psys', { job: 'podmonitor' }), 10),
    ])
    expect(joules(found)).toEqual([['a-02', 1000]])
  })

  it('by an older Kepler is idle and dynamic together', async () => {
    const old = (name: string, mode: string) => ({
      __name__: name,
      mode,
      exported_instance: 'real-2',
      instance: 'x:9102',
    })
    const found = await measure([
      level(old('kepler_node_platform_joules_total', 'dynamic'), 0),
      rising(old('kepler_node_package_joules_total', 'dynamic'), 7),
      rising(old('kepler_node_package_joules_total', 'idle'), 13),
      rising(old('kepler_node_dram_joules_total', 'idle'), 1),
    ])
    expect(joules(found)).toEqual([['a-02', 2100]])
  })

  it('by Scaphandre is in microjoules, or microwatts over time', async () => {
    const host = { __name__: 'scaph_host_energy_microjoules', instance: '10.0.0.2:8080' }
    const power = { __name__: 'scaph_host_power_microwatts', instance: '10.0.0.1:8080' }
    const counted = await measure([rising(host, 12e6)])
    expect([joules(counted), counted.energy!.source]).toEqual([[['a-02', 1200]], 'Scaphandre (host)'])
    expect(joules(await measure([level(power, 33e6)]))).toEqual([['a-01', 3300]])
  })

  it('that begins anew is told', async () => {
    const anew = (s: number) => (s < 60 ? 500 + s * 10 : (s - 60) * 10)
    const fine = Array.from({ length: 131 }, (_, s) => [toMs / 1000 - 120 + s, String(anew(s))])
    const found = await measure([{ metric: kepler('real-2', 'psys'), values: fine }])
    expect(joules(found)).toEqual([['a-02', 1000]])
    expect(found.sentences[0]).toMatch(/^Kepler \(platform\): energy of 1 of 3 nodes; resets of counters: 1,/)
  })

  it('of which too little is known is not taken', async () => {
    const early = { metric: kepler('real-2', 'psys'), values: rising({}, 10).values.slice(0, 6) }
    const found = await measure([early])
    expect(found.energy).toBeNull()
    expect(found.sentences).toEqual([
      'Kepler (platform): energy of 0 of 3 nodes',
      'Kepler (platform): of 1 nodes too little is known (samples of 30 % of the time, or nothing counted)',
    ])
  })

  it('is only of a node that is surely meant', async () => {
    const named = rising(kepler('real-1', 'psys'), 10)
    const found = await measure([named])
    expect(found.energy).toBeNull()
    expect(found.sentences).toEqual([
      'Prometheus: 1 series of Kepler or Scaphandre, none of which is surely of a node of the scenario',
    ])
    expect(joules(await measure([rising(kepler('real-1', 'psys', { cluster: 'b' }), 10)]))).toEqual([['b-01', 1000]])
    expect(joules(await measure([named], 'a'))).toEqual([['a-01', 1000]])
    expect(joules(await measure([rising(kepler('pod-ip', 'psys', { instance: '10.0.0.3:28282' }), 1)]))).toEqual([
      ['b-01', 100],
    ])
  })

  it('that is nowhere, or of a Prometheus that does not answer, is said', async () => {
    expect((await measure([])).sentences).toEqual(['Prometheus: it has no series of Kepler or Scaphandre'])
    const silent: Prometheus = { name: 'P', cluster: null, ask: () => Promise.reject(new Error('no answer')) }
    const both = await nodeEnergy(
      [silent, prometheus([rising(kepler('real-2', 'psys'), 1)]).it],
      finder,
      nodes,
      between,
    )
    expect(joules(both)).toEqual([['a-02', 100]])
    expect(both.sentences[0]).toBe('P: energy was not to be had (no answer)')
  })

  it('is asked about around the time', async () => {
    const { it: asked, queries } = prometheus([])
    await nodeEnergy([asked], finder, nodes, between, { patienceMs: 0 })
    expect(queries[0]).toMatch(
      /^\{__name__=~"kepler_node_cpu_joules_total\|.*scaph_host_power_microwatts"\}\[22[56]s\]$/,
    )
  })
})

describe('energy of pods', () => {
  const of = async (series: readonly { metric: Labels; values: unknown }[]) => {
    const book = new SeriesBook()
    const sentences = await podEnergy([prometheus(series).it], { namespace: 'ns', pods: 3, book }, between)
    return { sentences, pods: book.series.map(({ name, unit, values }) => [name, unit, values[0]]) }
  }
  const few = (metric: Labels, values: number[]) => ({
    metric,
    values: values.map((v, i) => [toMs / 1000 + i, String(v)]),
  })

  it('by Kepler counts from the birth of each', async () => {
    const pod = (name: string, zone: string) => ({
      __name__: 'kepler_pod_cpu_joules_total',
      pod_name: name,
      pod_namespace: 'ns',
      zone,
    })
    const found = await of([
      few(pod('p', 'package'), [3, 8]),
      few(pod('p', 'dram'), [1, 1]),
      few(pod('q', 'package'), [4]),
    ])
    expect(found.pods).toEqual([
      ['p', 'J', 9],
      ['q', 'J', 4],
    ])
    expect(found.sentences).toEqual(['Kepler (CPU packages and memory, above idle): 2 of 3 pods took 13 J'])
  })

  it('by an older Kepler is the dynamic part of its containers', async () => {
    const container = (mode: string) => ({
      __name__: 'kepler_container_joules_total',
      pod_name: 'p',
      container_namespace: 'ns',
      mode,
    })
    expect((await of([few(container('dynamic'), [3]), few(container('idle'), [100])])).pods).toEqual([['p', 'J', 3]])
  })

  it('by Scaphandre is that of its processes', async () => {
    const process = (pid: string) => ({
      __name__: 'scaph_process_power_consumption_microwatts',
      kubernetes_pod_name: 'p',
      pid,
    })
    const found = await of([few(process('1'), [2e6, 2e6, 2e6]), few(process('2'), [1e6, 1e6])])
    expect(found.pods).toEqual([['p', 'J', 5]])
    expect(found.sentences[0]).toMatch(/^Scaphandre \(idle included\): 1 of 3/)
  })

  it('that nobody measures is passed over', async () => {
    expect(await of([])).toEqual({ sentences: [], pods: [] })
  })
})
