/** k3d and kind without an engine: programs of the same name write down how they are called. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { dockerName, graceSecondsOf } from '../../runner/clusters/docker.ts'
import type { PlannedCluster } from '../../runner/clusters/fabric-plan.ts'
import { dockerCpus } from '../../runner/clusters/inject/docker-cpus.ts'
import { pauseMeans } from '../../runner/clusters/inject/docker-pause.ts'
import type { ClusterIo, Provider } from '../../runner/clusters/provider.ts'
import { k3d } from '../../runner/clusters/providers/k3d.ts'
import { kind } from '../../runner/clusters/providers/kind.ts'

const resources = { cpuMilli: 40, memoryBytes: 1 << 26, gpuMilli: 0 }
const cluster: PlannedCluster = {
  name: 'edge-microdc',
  pool: 'edge',
  zone: 'eu-1',
  region: 'NL',
  detectionS: 40,
  arch: 'amd64',
  nodes: ['edge-node-01', 'edge-node-02', 'edge-node-03'],
  declared: resources,
  scaled: resources,
  coreMilli: resources.cpuMilli,
}

let folder: string
let io: ClusterIo

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabricdt-docker-'))
  mkdirSync(join(folder, 'bin'))
  vi.stubEnv('FABRICDT_STATE', folder)
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env.PATH}`)
  const place = join(folder, 'cluster')
  io = { fabric: 'zone-blackout', folder: place, kubeconfig: join(place, 'kubeconfig'), say: () => {} }
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A program that writes its arguments down and does what the script says. */
function fake(program: string, script = ''): void {
  const file = join(folder, 'bin', program)
  writeFileSync(file, `#!/bin/sh\necho ${program} "$@" >> '${join(folder, 'calls')}'\n${script}\n`)
  chmodSync(file, 0o755)
}

const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n')

describe.each<[Provider, string, string[]]>([
  [k3d, 'k3d-NAME', ['k3d-NAME-agent-0', 'k3d-NAME-agent-1', 'k3d-NAME-agent-2']],
  [kind, 'kind-NAME', ['NAME-worker', 'NAME-worker2', 'NAME-worker3']],
])('$name', (provider, context, nodes) => {
  test('the cluster is made from our config, with a private kubeconfig; its nodes are known by name', async () => {
    fake(provider.name, 'case "$*" in "kubeconfig get"*) echo "apiVersion: v1";; esac')
    const name = dockerName('zone-blackout', 'edge-microdc')
    const made = await provider.make(cluster, io)
    expect(made).toEqual({
      context: context.replace('NAME', name),
      nodeNames: Object.fromEntries(cluster.nodes.map((node, i) => [node, nodes[i].replace('NAME', name)])),
    })
    const config = join(io.folder, `${provider.name}.yaml`)
    expect(calls()).toEqual(
      provider === k3d
        ? [`k3d cluster create --config ${config}`, `k3d kubeconfig get ${name}`]
        : [`kind create cluster --name ${name} --config ${config} --kubeconfig ${io.kubeconfig} --wait 180s`],
    )
  })

  test('what it makes is told by a config that says all that the plan says', async () => {
    fake(provider.name)
    await provider.make(cluster, io)
    const config = parse(readFileSync(join(io.folder, `${provider.name}.yaml`), 'utf8'))
    const labels = {
      'topology.kubernetes.io/zone': 'eu-1',
      'topology.kubernetes.io/region': 'NL',
      'fabricdt.io/pool': 'edge',
      'fabricdt.io/cluster': 'edge-microdc',
    }
    if (provider === k3d) {
      expect(config).toMatchObject({ kind: 'Simple', servers: 1, agents: 3, kubeAPI: { hostIP: '127.0.0.1' } })
      const found = config.options.k3s.nodeLabels.map(({ label }: { label: string }) => label)
      expect(found).toEqual(Object.entries(labels).map(([key, value]) => `${key}=${value}`))
      expect(JSON.stringify(config.options.k3s.extraArgs)).toContain('node-monitor-grace-period=45s')
      expect(config.options.kubeconfig).toEqual({ updateDefaultKubeconfig: false, switchCurrentContext: false })
    } else {
      expect(config.networking).toEqual({ apiServerAddress: '127.0.0.1' })
      const workers = config.nodes.filter(({ role }: { role: string }) => role === 'worker')
      expect(workers.map((node: { labels: object }) => node.labels)).toEqual([labels, labels, labels])
      expect(parse(config.kubeadmConfigPatches[0])).toMatchObject({
        controllerManager: { extraArgs: { 'node-monitor-grace-period': '45s' } },
      })
    }
  })

  test('a program that fails is an error with its last words; only our cluster is taken away, and our folder', async () => {
    fake(provider.name, 'case "$*" in *create*) echo "no room left" >&2; exit 1;; esac')
    await expect(provider.make(cluster, io)).rejects.toMatchObject({
      code: 'cluster-failed',
      message: expect.stringContaining('no room left'),
    })
    await provider.takeAway(cluster, io)
    const name = dockerName('zone-blackout', 'edge-microdc')
    expect(calls().at(-1)).toBe(
      provider === k3d
        ? `k3d cluster delete ${name}`
        : `kind delete cluster --name ${name} --kubeconfig ${io.kubeconfig}`,
    )
    expect(() => readFileSync(join(io.folder, `${provider.name}.yaml`))).toThrow('ENOENT')
  })

  test('Ctrl-C ends the program', async () => {
    fake(provider.name, 'exec sleep 30')
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('interrupted')), 300)
    await expect(provider.make(cluster, { ...io, signal: controller.signal })).rejects.toThrow('interrupted')
  })

  test('doctor says what is missing, and how to get it', async () => {
    fake('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1')
    vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}/usr/bin${delimiter}/bin`)
    const [program, engine] = await provider.doctor()
    expect(program).toMatchObject({ ok: false, what: provider.name, hint: expect.stringMatching(/^https:/) })
    expect(engine).toMatchObject({ ok: false, detail: expect.stringContaining('Cannot connect') })
  })
})

test('names on a Docker engine are ours, and short enough for k3d', () => {
  const name = dockerName('a-fabric-with-a-long-name', 'a-cluster-with-a-very-long-name')
  expect(name).toMatch(/^fdt-[0-9a-f]{8}-a-cluster-with-a-v$/)
  expect(name.length).toBeLessThanOrEqual(32)
  expect(dockerName('other', 'a-cluster-with-a-very-long-name')).not.toBe(name)
  vi.stubEnv('FABRICDT_STATE', '/elsewhere')
  expect(dockerName('a-fabric-with-a-long-name', 'a-cluster-with-a-very-long-name')).not.toBe(name)
})

test('kubelets may miss a renewal before they count as dead', () => {
  expect([5, 40].map(graceSecondsOf)).toEqual([20, 45])
})

test('nodes that are containers are paused, and go on only where they stand', async () => {
  const step = { means: 'docker-pause', cluster: 'edge', data: { node: 'k3d-x-agent-0' } }
  const none = {} as Parameters<typeof pauseMeans.bringAbout>[1]
  fake('docker', 'case "$1" in ps) echo paused;; esac')
  await pauseMeans.bringAbout(step, none)
  await pauseMeans.takeBack(step, none)
  fake('docker', 'case "$1" in ps) echo running;; esac')
  await pauseMeans.takeBack(step, none)
  const asked = 'docker ps --all --filter name=^k3d-x-agent-0$ --format {{.State}}'
  expect(calls()).toEqual(['docker pause k3d-x-agent-0', asked, 'docker unpause k3d-x-agent-0', asked])
})

test('nodes that are containers are slow by a quota of the engine, and get it all back only where they stand', async () => {
  fake('docker', 'case "$1" in info) echo 8;; ps) echo k3d-x-agent-0;; esac')
  const on = { handle: { name: 'edge' } } as Parameters<typeof dockerCpus.steps>[1]
  const [step] = await dockerCpus.steps({ kind: 'slow', nodes: ['k3d-x-agent-0'], factor: 0.25 }, on)
  await dockerCpus.bringAbout(step, on)
  await dockerCpus.takeBack(step, on)
  fake('docker')
  await dockerCpus.takeBack(step, on)
  const asked = 'docker ps --all --filter name=^k3d-x-agent-0$ --format {{.Names}}'
  expect(calls()).toEqual([
    'docker info --format {{.NCPU}}',
    'docker update --cpu-period 100000 --cpu-quota 200000 k3d-x-agent-0',
    asked,
    'docker update --cpu-period 100000 --cpu-quota -1 k3d-x-agent-0',
    asked,
  ])
})
