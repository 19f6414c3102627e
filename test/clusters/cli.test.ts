/** The commands of clusters where nothing is there, and nothing is made. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test, vi } from 'vitest'
import { claimFabric, fabricFolder, stateHome } from '../../runner/clusters/state.ts'
import { useTemporaryState } from './temporary-state.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const first = `${root}scenarios/first.yaml`

useTemporaryState()
beforeEach(() => {
  vi.stubEnv('FABRICDT_KUBE_BIN', '/nowhere')
  vi.stubEnv('KUBECONFIG', '/nowhere/kubeconfig')
})

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}runner/bin/fabricdt-run.mjs`, ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('where nothing is there, nothing is said to be, and nothing happens', () => {
  expect(run('status')).toMatchObject({ status: 0, stdout: `nothing of ours is there (${stateHome()})\n` })
  expect(run('recover')).toMatchObject({ status: 0, stdout: 'nothing was left behind\n' })
  expect(run('down')).toMatchObject({ status: 0, stdout: 'nothing of ours is there\n' })
  expect(run('down', 'other')).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no fabric other') })
  expect(JSON.parse(run('status', '--json').stdout)).toEqual({ stateHome: stateHome(), fabrics: [], leftovers: [] })
})

test.each(['kwok', 'kubelet', 'k3d', 'kind', 'context'])(
  'up --dry-run with %s says what it would make, and makes nothing',
  provider => {
    const { status, stdout } = run('up', first, '--provider', provider, '--dry-run')
    expect(status).toBe(0)
    expect(stdout).toMatch(new RegExp(`^would make first with ${provider} `))
    expect(stdout).toContain('\nrack:\n')
    expect(stdout).toContain(`${fabricFolder('first')}/clusters/rack/kubeconfig`)
    expect(readdirSync(stateHome())).toEqual([])
  },
)

test('a provider that is not there, or lacks something, is an error that says how to mend it; nothing is left', () => {
  expect(run('up', first, '--provider', 'k8s')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Providers: kwok, kubelet, k3d, kind, context.'),
  })
  const { status, stderr } = run('up', first)
  expect(status).toBe(4)
  expect(stderr).toContain('not in /nowhere')
  expect(stderr).toContain('deploy/kube-binaries/build.sh /nowhere')
  expect(readdirSync(`${stateHome()}/fabrics`)).toEqual([])
})

test('existing clusters are used only where they are named', () => {
  const without = run('up', first, '--provider', 'context')
  expect(without).toMatchObject({ status: 2, stderr: expect.stringContaining('--context cloud=<context>') })
  const wrong = run('up', first, '--provider', 'context', '--context', 'edge=prod')
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('Clusters: cloud, rack.') })
  const unknown = run('up', first, '--provider', 'context', '--context', 'cloud=prod', '--context', 'rack=prod')
  expect(unknown).toMatchObject({ status: 4, stderr: expect.stringContaining('/nowhere/kubeconfig') })
})

test('doctor says what is missing, and that none can be used', () => {
  const { status, stdout } = run('doctor', 'kwok')
  expect(status).toBe(4)
  expect(stdout).toContain('✗ kwokctl  not at /nowhere/kwokctl\n      build it: ')
  const found = JSON.parse(run('doctor', '--json').stdout)
  expect(found.providers.map(({ name }: { name: string }) => name)).toEqual([
    'kwok',
    'kubelet',
    'k3d',
    'kind',
    'context',
  ])
  expect(found.telemetry[0]).toMatchObject({ what: 'metrics-server', ok: false })
  expect(found.telemetry.map(({ what }: { what: string }) => what).slice(1)).toEqual([
    'prometheus',
    'RAPL, for Kepler and Scaphandre',
  ])
})

test('a fabric that a dead runner half made is said to be left, and recovered; its clusters need not be there', () => {
  const plan = { name: 'half', scaling: 100, clusters: [] }
  const state = { version: 1, name: 'half', provider: 'kwok', createdAt: '', phase: 'making', plan } as const
  claimFabric({ ...state, owner: '4194305-1', options: {}, clusters: [] })
  expect(run('status').stdout).toContain('left by a dead runner in half: a fabric that was half made')
  expect(run('recover', '--dry-run').stdout).toBe('would put back in half: a fabric that was half made\n')
  expect(run('recover').stdout).toBe('put back in half: a fabric that was half made\n')
  expect(run('status').stdout).toContain('nothing of ours is there')
})
