/** The file that is written is a scenario: it is read back and run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { type Snapshot, snapshotOf } from '../../runner/snapshot/snapshot.ts'
import { cluster, msAt, node, pod } from './objects.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabricdt-snapshot-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = { name: 'lab', nowMs: msAt(100), sinceS: 3600 }

async function read({ yaml, traces }: Snapshot) {
  for (const [name, text] of Object.entries({ 'lab.yaml': yaml, ...traces })) writeFileSync(join(folder, name), text)
  return loadScenario(join(folder, 'lab.yaml'))
}

test('two clusters with work', async () => {
  const labels = { 'topology.kubernetes.io/zone': 'eu-1', 'topology.kubernetes.io/region': 'NL', note: 'a: #b' }
  const jobs = Array.from({ length: 6 }, (_, i) =>
    pod(`j${i}`, {
      node: 'edge-01',
      created: i,
      bound: i + 1,
      began: i + 3,
      ended: i + 10,
      requests: { cpu: '250m', memory: '100M' },
    }),
  )
  const snapshot = snapshotOf(
    [
      cluster({ nodes: [node('edge-01', { labels }), node('edge-02', { labels })], pods: jobs }),
      cluster({
        context: 'other@cloud',
        nodes: [
          node('x', { labels: { 'kubernetes.io/arch': 'arm64' }, allocatable: { cpu: '1500m', 'amd.com/gpu': '1' } }),
        ],
        pods: [pod('web', { node: 'x', began: 0, owner: { kind: 'ReplicaSet', uid: 'web' } })],
      }),
    ],
    options,
  )
  const { scenario, warnings } = await read(snapshot)
  expect(warnings).toEqual([])
  expect(scenario.start).toBe('2026-01-01T00:00:00Z')
  expect(scenario.clusters).toMatchObject([
    {
      name: 'lab',
      zone: 'eu-1',
      region: 'NL',
      nodes: 2,
      nodePrefix: 'edge',
      cpuMilli: 4000,
      startupS: 2,
      arch: 'amd64',
    },
    { name: 'lab-2', zone: 'lab-2', nodes: 1, cpuMilli: 1500, gpu: 1, startupS: 0, arch: 'arm64', formats: ['native'] },
  ])
  const { model, traces } = compile(scenario)
  expect(traces.map(({ workload, jobs }) => [workload, jobs])).toEqual([
    ['lab-2-services', 1],
    ['lab-jobs', 6],
  ])
  expect([...model.traces.submitS]).toEqual([0, 0, 1, 2, 3, 4, 5])
  expect([...model.traces.runS]).toEqual([100, 7, 7, 7, 7, 7, 7])
  expect(snapshot.yaml).toContain('# - 1 × still running: their run time is what they have run so far')
  expect(snapshot.yaml).toContain('# Labels: note=a: #b.')
  expect(snapshot.yaml).toContain('# The zone is not told')
  expect(snapshot.traces['lab.lab-jobs.csv'].split('\n')[1]).toBe('1,0,7,0.25,100000000,0,1,finished,default/j0')
})

test('an idle cluster, and names that are presets or no names', async () => {
  const idle = snapshotOf([cluster({ name: 'datacenter', context: 'datacenter' })], options)
  const { scenario } = await read(idle)
  expect(scenario.clusters).toMatchObject([{ name: 'datacenter', pool: 'datacenter-nodes', cpuMilli: 4000 }])
  expect(idle.yaml).toContain('# No work was seen')
  expect(() => compile(scenario)).not.toThrow()
})

test('nodes of two clusters that are called alike', async () => {
  const nodes = [node('worker-01')]
  const { scenario } = await read(snapshotOf([cluster({ nodes }), cluster({ nodes, context: 'other' })], options))
  expect(scenario.clusters.map(({ name, nodePrefix }) => [name, nodePrefix])).toEqual([
    ['lab', 'worker'],
    ['lab-2', 'lab-2-node'],
  ])
})

test('without any node that takes work there is no scenario', () => {
  const nodes = [node('a', { unschedulable: true })]
  expect(() => snapshotOf([cluster({ nodes })], options)).toThrow(/no node takes work: node a of kind-lab .* cordoned/)
})
