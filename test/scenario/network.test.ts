import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { parse, problemsOf, text } from './parse.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-network-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'test.yaml')

const fabric = (network: string) => `fabric:
    clusters:
      - {name: a, pool: lab, region: north, nodes: 1}
      - {name: b, pool: lab, region: north, nodes: 1}
      - {name: c, pool: lab, region: south, nodes: 1}
    network: ${network}`

const workloads =
  'workloads: [{name: jobs, origin: {cluster: a}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s}]}}]'

function latencies(network: string, csv = ''): Record<string, Record<string, number>> {
  writeFileSync(join(folder, 'l.csv'), csv)
  writeFileSync(join(folder, 'l.csv.gz'), gzipSync(csv))
  return parse({ fabric: fabric(network), workloads }, {}, file).scenario.latencyS
}

describe('latencies', () => {
  test('are 0 where nothing is said', () => expect(latencies('{}').a).toEqual({ a: 0, b: 0, c: 0 }))

  test('one for all, another inside', () => {
    expect(latencies('{latency: 20ms, within: 1ms}').b).toEqual({ a: 0.02, b: 0.001, c: 0.02 })
  })

  test('by region, where no cluster has the name', () => {
    const found = latencies('{latency: {file: l.csv}, within: 1ms}', 'from,to,latency\nnorth,south,30\nnorth,north,5\n')
    expect(found).toEqual({
      a: { a: 0.001, b: 0.005, c: 0.03 },
      b: { a: 0.005, b: 0.001, c: 0.03 },
      c: { a: 0.03, b: 0.03, c: 0.001 },
    })
  })

  test('a cluster is more special than a region, both directions are told apart', () => {
    const found = latencies('{latency: {file: l.csv}}', 'latency,to,from\n30,south,north\n40,north,south\n1.5s,c,a\n')
    expect(found.a.c).toBe(1.5)
    expect(found.b.c).toBe(0.03)
    expect(found.c.b).toBe(0.04)
    // The row of clusters names one direction; the other is nearest to what is known of the two.
    expect(found.c.a).toBe(1.5)
  })

  test('clusters of one region on which the file is silent are near', () => {
    expect(
      latencies('{latency: {file: l.csv.gz, roundTrip: true}, within: 2ms}', 'from,to,latency\nnorth,south,30\n').a,
    ).toEqual({ a: 0.002, b: 0.002, c: 0.015 })
  })

  test('links win over the file, one way over both ways, whatever their order', () => {
    const links =
      'links: [{from: a, to: b, latency: 7ms}, {between: [b, a], latency: 8ms}, {between: [north, south], latency: 9ms}]'
    const found = latencies(`{latency: {file: l.csv}, ${links}}`, 'from,to,latency\na,b,1\nnorth,south,2\n')
    expect(found.a.b).toBe(0.007)
    expect(found.b.a).toBe(0.008)
    expect(found.a.c).toBe(0.009)
    expect(found.c.b).toBe(0.009)
  })

  test('a link may be within a cluster', () =>
    expect(latencies('{links: [{between: [a, a], latency: 3ms}]}').a.a).toBe(0.003))

  test('a file must know every pair of regions', () => {
    writeFileSync(join(folder, 'l.csv'), 'from,to,latency\nnorth,north,1\n')
    const found = problemsOf(text({ fabric: fabric('{latency: {file: l.csv}}'), workloads }), {}, file)
    expect(found).toMatchObject([
      { code: 'missing-field', message: 'the file has no latency for a → c, b → c, c → a and 1 more' },
    ])
  })
})

describe('bandwidths', () => {
  const bandwidths = (network: string) => parse({ fabric: fabric(network), workloads }, {}, file).scenario.bandwidth
  const mega = 125_000

  test('are not limited where nothing is said', () => expect(bandwidths('{latency: 20ms}')).toEqual({}))

  test('one for all, none inside a cluster', () => {
    expect(bandwidths('{bandwidth: 1Mbps}')).toEqual({
      a: { b: mega, c: mega },
      b: { a: mega, c: mega },
      c: { a: mega, b: mega },
    })
  })

  test('of links, beside latency or instead of it, as special as latencies', () => {
    const links =
      'links: [{between: [north, south], bandwidth: 2Mbps}, {from: a, to: c, latency: 3ms, bandwidth: 3Mbps}, {between: [a, b], latency: 4ms}]'
    expect(bandwidths(`{${links}}`)).toEqual({
      a: { c: 3 * mega },
      b: { c: 2 * mega },
      c: { a: 2 * mega, b: 2 * mega },
    })
    expect(latencies(`{latency: 9ms, ${links}}`).a).toEqual({ a: 0, b: 0.004, c: 0.003 })
    expect(latencies(`{latency: 9ms, ${links}}`).c.a).toBe(0.009)
  })

  test('a limit for all and more for some', () =>
    expect(bandwidths('{bandwidth: 1Mbps, links: [{from: a, to: b, bandwidth: 1GB/s}]}').a).toEqual({
      b: 1e9,
      c: mega,
    }))
})
