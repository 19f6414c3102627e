/** OpenDC's fragments: what tasks use over time, from the files to the joules. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import { findFormat } from '../../runner/formats/index.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { partsOf } from '../../runner/sweep/trial-hash.ts'
import { deriveExecuted } from '../../runner/verify/derive.ts'

let folder = ''
const at = (name: string) => join(folder, name)

const tasks =
  'id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n' +
  '8,5000,999,2,4000,1000\n7,0,20000,1,2000,1000\n9,6000,1000,1,2000,1000\n'
/** A file of the use of task 7: half a core for 10 s, all of it for 10 s; task 8 uses one of its two cores. */
const fragments = 'id,duration,cpu_usage\n7,10000,1000\n8,4000,2000\n7,10000,2000\n55,1000,1\n'

const scenario = `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: fragments}
spec:
  fabric:
    pools: {host: {cpu: 8, memory: 1Gi, startup: 0s, power: {idle: 100W, busy: 900W}}}
    clusters: [{name: lab, pool: host, nodes: 1}]
  workloads:
    - name: surf
      origin: {cluster: lab}
      trace: {format: opendc, file: tasks.csv, options: {fragments: FRAGMENTS}}
  policies: [fcfs]
  execute: {provider: kwok}
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabricdt-fragments-'))
  writeFileSync(at('tasks.csv'), tasks)
  writeFileSync(at('fragments.csv'), fragments)
  const rows = fragments
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(',').map(Number))
  const columnData = ['id', 'duration', 'cpu_usage'].map((name, i) => ({ name, data: rows.map(row => row[i]) }))
  writeFileSync(at('fragments.parquet'), Buffer.from(parquetWriteBuffer({ columnData })))
  for (const name of ['fragments.csv', 'fragments.parquet', 'absent.csv'])
    writeFileSync(at(`${name}.yaml`), scenario.replace('FRAGMENTS', name))
})

afterAll(() => rmSync(folder, { recursive: true }))

const load = async (name: string) => (await loadPoints(at(`${name}.yaml`))).points[0].loaded.scenario

test('tasks run for as long as their fragments, and use what these say', () => {
  const read = (options: object) =>
    findFormat('opendc')!.read(Buffer.from(tasks), at('tasks.csv'), { memoryUnit: 'kB', ...options })
  const trace = read({ fragments: at('fragments.csv') })
  expect([...trace.runS]).toEqual([4, 20, 1])
  expect(trace.course).toEqual({
    start: Int32Array.of(0, 1, 3, 3),
    untilS: Float64Array.of(4, 10, 20),
    milli: Float64Array.of(1000, 500, 1000),
  })
  expect(trace.invented).toEqual({ 'a constant use, since it has no fragments': 1 })
  expect(read({}).course).toBeUndefined()
  // A task on two hosts of a core each: its use is spread over both.
  expect(read({ fragments: at('fragments.csv'), hostCores: 1 }).course!.milli[0]).toBe(500)
})

test.each(['fragments.csv', 'fragments.parquet'])('energy follows them: %s beside the tasks', async name => {
  const { model } = compile(await load(name))
  const { clusters, endS } = simulate(model, findPolicy('fcfs')!.create({}), { replication: 0 })
  expect(endS).toBe(20)
  // Core-seconds: 7: 5 + 10; 8: 4; 9 all of its core. 100 W a core above idle.
  expect(clusters.busyCoreS[0]).toBe(20)
  expect(clusters.energyJ[0]).toBe(100 * 20 + 100 * 20)
})

test('a scenario whose fragments are not there is refused', async () => {
  await expect(load('absent.csv')).rejects.toMatchObject({
    diagnostics: [{ code: 'file-unreadable', message: expect.stringMatching(/cannot read “absent.csv”/) }],
  })
})

test('what they hold counts for what is kept of trials', async () => {
  const before = partsOf(await load('fragments.csv'), 'e').workloads
  const same = partsOf(await load('fragments.csv'), 'e').workloads
  expect(same).toBe(before)
  expect(partsOf(await load('fragments.parquet'), 'e').workloads).not.toBe(before)
})

test('executed, tasks use what they request, which is said', async () => {
  const { scenario: part, sentences } = deriveExecuted(await load('fragments.csv'))
  expect(part.workloads[0].arrivals).toMatchObject({ options: { memoryUnit: 'kB' } })
  expect(part.workloads[0].arrivals).not.toHaveProperty('options.fragments')
  expect(sentences[0]).toMatch(/not executed/)
})
