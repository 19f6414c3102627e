import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../engine/model.ts'
import type { DecisionRecords, JobRecords } from '../../engine/result.ts'
import { decisionsParquet, jobsParquet, seriesParquet } from '../../reports/parquet.ts'
import { fixtureResults } from './fixture.ts'

const model = {
  workloads: { names: ['batch', 'caméra'] },
  clusters: { names: ['edge', 'lab'], nodeStart: [0, 2, 3], nodePrefixes: ['edge', 'lab'] },
  nodeCluster: Int32Array.of(0, 0, 1),
  stages: { ids: ['run', 'report'] },
} as unknown as Model

/** `count` jobs; every third never completed. */
function jobs(count: number): JobRecords {
  const column = (value: (row: number) => number) => Float64Array.from({ length: count }, (_, row) => value(row))
  const done = (row: number) => row % 3 !== 2
  const knownIf = (row: number, value: number) => (done(row) ? value : Number.NaN)
  return {
    workload: Int32Array.from(column(row => row % 2)),
    ordinal: column(row => Math.floor(row / 2)),
    submitTime: column(row => row * 0.1),
    waitTime: column(row => knownIf(row, row % 7)),
    runTime: column(row => knownIf(row, 20)),
    latency: column(row => knownIf(row, (row % 7) + 20.05)),
    outcome: Uint8Array.from(column(row => (done(row) ? 0 : 4))),
    cluster: Int32Array.from(column(row => (done(row) ? row % 2 : -1))),
    originCluster: Int32Array.from(column(() => 0)),
    deadlineMissed: Uint8Array.from(column(row => (done(row) ? 0 : 1))),
    attempts: Int32Array.from(column(row => 1 + (row % 2))),
  }
}

function collect(pieces: Iterable<Uint8Array>): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = Buffer.concat([...pieces])
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}

describe('jobs.parquet', () => {
  it('reads back row by row, with null where nothing happened', async () => {
    const file = collect(
      jobsParquet(model, [
        { policy: 'fcfs', jobs: jobs(3) },
        { policy: 'sjf', jobs: jobs(1) },
      ]),
    )
    const rows = await parquetReadObjects({ file })
    expect(rows).toHaveLength(4)
    expect(rows[1]).toEqual({
      policy: 'fcfs',
      workload: 'caméra',
      job: 0,
      submit_time: 0.1,
      wait_time: 1,
      run_time: 20,
      response_time: 21,
      bounded_slowdown: 1.05,
      latency: 21.05,
      deadline_missed: false,
      outcome: 'completed',
      origin: 'edge',
      cluster: 'lab',
      attempts: 2,
    })
    expect(rows[2]).toMatchObject({ job: 1, wait_time: null, bounded_slowdown: null, latency: null, cluster: null })
    expect(rows[2]).toMatchObject({ outcome: 'unfinished', deadline_missed: true })
    expect(rows[3].policy).toBe('sjf')
  })

  it('is a table without rows where no job was submitted', async () => {
    const file = collect(jobsParquet(model, []))
    expect(await parquetReadObjects({ file })).toEqual([])
    expect(parquetMetadata(file).schema.map(element => element.name)).toContain('bounded_slowdown')
  })

  it('has columns without any value where nothing ended', async () => {
    const { cluster, waitTime, ...rest } = jobs(5)
    const unfinished = { ...rest, cluster: cluster.fill(-1), waitTime: waitTime.fill(Number.NaN) }
    const rows = await parquetReadObjects({ file: collect(jobsParquet(model, [{ policy: 'p', jobs: unfinished }])) })
    expect(rows.map(row => [row.cluster, row.wait_time, row.policy])).toEqual(new Array(5).fill([null, null, 'p']))
  })

  it('is the same every time', () => {
    const once = () => Buffer.from(collect(jobsParquet(model, [{ policy: 'fcfs', jobs: jobs(1000) }])))
    expect(once().equals(once())).toBe(true)
  })

  it('takes seconds, not minutes, for a million jobs, and writes them in pieces', { timeout: 60_000 }, async () => {
    const million = jobs(1_000_000)
    const begin = process.cpuUsage()
    let bytes = 0
    let largest = 0
    for (const piece of jobsParquet(model, [{ policy: 'fcfs', jobs: million }])) {
      bytes += piece.length
      largest = Math.max(largest, piece.length)
    }
    const { user, system } = process.cpuUsage(begin)
    expect((user + system) / 1e6).toBeLessThan(20)
    expect(largest).toBeLessThan(bytes / 5)
  })
})

describe('decisions.parquet', () => {
  const decisions = (count: number): DecisionRecords => {
    const column = (value: (row: number) => number) => Float64Array.from({ length: count }, (_, row) => value(row))
    return {
      time: column(row => row * 0.1),
      workload: new Int32Array(count),
      ordinal: column(row => row),
      stage: Int32Array.from(column(row => row % 2)),
      attempt: new Int32Array(count),
      originCluster: new Int32Array(count).fill(1),
      node: Int32Array.from(column(row => row % 3)),
      score: column(row => (row % 2 === 0 ? Number.NaN : row)),
      intensity: column(() => 300),
    }
  }

  it('reads back row by row, in order, across groups', async () => {
    const count = 100_002
    const rows = await parquetReadObjects({
      file: collect(decisionsParquet(model, [{ policy: 'fcfs', decisions: decisions(count) }])),
    })
    expect(rows).toHaveLength(count)
    expect(rows[1]).toEqual({
      policy: 'fcfs',
      time_s: 0.1,
      workload: 'batch',
      job: 1,
      stage: 'report',
      attempt: 0,
      origin: 'lab',
      cluster: 'edge',
      node: 'edge-02',
      score: 1,
      gco2e_per_kwh: 300,
    })
    expect(rows.every((row, i) => row.job === i && row.score === (i % 2 === 0 ? null : i))).toBe(true)
    expect(rows.every((row, i) => row.node === ['edge-01', 'edge-02', 'lab-01'][i % 3])).toBe(true)
  })
})

describe('series.parquet', () => {
  it('holds every bin of every policy and cluster', async () => {
    const results = fixtureResults()
    const rows = await parquetReadObjects({ file: collect(seriesParquet(results)) })
    const [first] = results.series
    expect(rows).toHaveLength(
      results.series.reduce((sum, row) => sum + row.timeS.length * (7 + row.clusters.length), 0),
    )
    expect(rows.find(row => row.metric === 'watts' && row.policy === first.policy)).toEqual({
      point: 0,
      policy: first.policy,
      scope: 'fabric',
      metric: 'watts',
      time_s: first.timeS[0],
      bin_width_s: first.binWidthS,
      mean: first.watts.mean[0],
      low: first.watts.low[0],
      high: first.watts.high[0],
    })
    expect(rows.find(row => row.metric === 'busy_cores')).toMatchObject({
      scope: first.clusters[0].cluster,
      mean: first.clusters[0].busyCores[0],
      low: null,
    })
  })
})
