/** The order of what has a name is no matter: neither clusters and workloads nor names in lists. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Model } from '../../engine/model.ts'
import { compile } from '../../runner/compile/compile.ts'
import { parseScenario } from '../../runner/scenario/load.ts'

const stages = (input: string) => [
  { id: 'a', duration: '1s', input, output: '1MB', use: '2', arch: ['amd64', 'arm64'] },
  { id: 'b', after: ['a'], duration: '2s', gpu: 0.25 },
  { id: 'c', after: ['b', 'a'], duration: '2s', formats: ['wasm', 'native'] },
]
const scenario = {
  apiVersion: 'fabricdt.io/v1alpha1',
  kind: 'Scenario',
  metadata: { name: 'permuted' },
  spec: {
    horizon: '1h',
    fabric: {
      clusters: [
        { name: 'a', pool: 'gaming', nodes: 2, zone: 'z1', region: 'r1', overcommit: 1.5 },
        { name: 'b', pool: 'edge', nodes: 3, zone: 'z1', region: 'r1' },
        { name: 'c', pool: 'lab', nodes: 1, zone: 'z2', region: 'r1' },
        { name: 'd', pool: 'mining', nodes: 2, zone: 'z2', region: 'r2' },
      ],
      network: {
        latency: '20ms',
        bandwidth: '1Gbps',
        links: [
          { between: ['a', 'b'], bandwidth: '5MB/s', latency: '1ms' },
          { between: ['r1', 'd'], bandwidth: '7MB/s' },
          { from: 'c', to: 'd', latency: '9ms' },
        ],
      },
    },
    workloads: [
      { name: 'w', origin: { weights: { a: 1, d: 2 } }, arrivals: { rate: '1/s' }, job: { stages: stages('20MB') } },
      { name: 'v', origin: { cluster: 'b' }, arrivals: { rate: '2/s' }, job: { stages: stages('3MB') } },
    ],
    policies: ['fcfs'],
    failures: [
      { at: '1m', partition: { from: ['a', 'z2'], to: ['b', 'd'] } },
      { at: '2m', partition: { from: ['d', 'b'] } },
      { at: '3m', link: { between: ['a', 'c'] } },
      { at: '4m', inflation: { between: ['r1', 'd'], factor: 2 } },
      { mtbf: '1h', mttr: '1m', of: 'links', weightedBy: 'resiliency' },
      { when: 'utilisation(d) > 0.5', of: 'nodes', count: 2, slow: { factor: 0.5 } },
      { when: 'availability < 1', partition: { from: ['c', 'a'] } },
    ],
  },
}

/** Lists whose order means something. */
const ordered = new Set(['policies', 'failures', 'stages'])

/** The same with every other list, and every mapping, in another order. */
function shuffled(value: unknown, random: () => number, key = ''): unknown {
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map(item => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  if (Array.isArray(value)) {
    const items = value.map(item => shuffled(item, random))
    return ordered.has(key) ? items : mix(items)
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(mix(Object.entries(value)).map(([name, child]) => [name, shuffled(child, random, name)]))
}

const modelOf = (value: unknown): Model => compile(parseScenario(JSON.stringify(value), 'test.yaml').scenario).model
const asText = (model: Model): string =>
  JSON.stringify(model, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array, String) : value))

test('permuting the file changes nothing', () => {
  const expected = asText(modelOf(scenario))
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }), numbers => {
      let at = 0
      expect(asText(modelOf(shuffled(scenario, () => numbers[at++ % numbers.length])))).toBe(expected)
    }),
    { numRuns: 60 },
  )
})
