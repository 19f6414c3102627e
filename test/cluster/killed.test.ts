/** The runner is killed, or interrupted, at any moment: nothing of ours is left afterwards. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../runner/clusters/client.ts'
import { down, up } from '../../runner/clusters/fabrics.ts'
import { inject } from '../../runner/clusters/inject/inject.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { readQuota } from '../../runner/clusters/kubelet/cgroups.ts'
import { type NodePlace, placeOf } from '../../runner/clusters/kubelet/place.ts'
import { isReady } from '../../runner/clusters/nodes.ts'
import { whyNoPackets } from '../../runner/clusters/packets.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { processesOf, runProgram } from '../../runner/clusters/processes.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { fabricFolder, readFabric } from '../../runner/clusters/state.ts'
import { chainsOf, reaches } from '../../runner/clusters/ways.ts'
import { run } from './command.ts'
import { beginState, scenarioFile, smallPlan, whyNot } from './fabric.ts'

const kwok = findProvider('kwok')!
const why = await whyNot(kwok)
const kubelet = findProvider('kubelet')!
const whyNoKubelet = await whyNot(kubelet)

describe.skipIf(why !== null)(why === null ? 'kwok' : why, () => {
  let state: ReturnType<typeof beginState>
  beforeEach(() => {
    state = beginState()
  })
  afterEach(() => state.end())

  const nothingIsLeft = () => {
    expect(processesOf(state.folder)).toEqual([])
    expect(readdirSync(join(state.folder, 'fabrics'))).toEqual([])
  }

  const isBegun = (fabric: string) => () => existsSync(fabricFolder(fabric))

  // While kwokctl writes keys, starts programs, waits for the first cluster, and is at the second.
  test.each([0, 1200, 3000, 7000])('up, killed %i ms after its first trace, then recover', async afterMs => {
    await run(['up', scenarioFile(state.folder, 'killed')], { signal: 'SIGKILL', when: isBegun('killed'), afterMs })
    const dry = await run(['recover', '--dry-run'])
    expect(dry.stdout).toBe('would put back in killed: a fabric that was half made\n')
    const recovered = await run(['recover'])
    expect(recovered).toMatchObject({ code: 0, stdout: 'put back in killed: a fabric that was half made\n' })
    nothingIsLeft()
    expect((await run(['recover'])).stdout).toBe('nothing was left behind\n')
  })

  test('up, interrupted: exit code 130, and nothing is left', async () => {
    const { code } = await run(['up', scenarioFile(state.folder, 'interrupted')], {
      ...{ signal: 'SIGINT', when: isBegun('interrupted'), afterMs: 3500 },
    })
    expect(code).toBe(130)
    nothingIsLeft()
  })

  test('a failure and a namespace that a killed runner left are put back; those of a living one are not', async () => {
    const plan = await smallPlan(state.folder, 'left')
    const [, west] = await up(plan, kwok, { say: () => {} })
    const cluster = await connect(west)
    const child = join(state.folder, 'child.mjs')
    writeFileSync(child, darkened)
    const runner = spawn(process.execPath, [child], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await new Promise(resolve => runner.stdout.once('data', resolve))
      expect(await readyIs(false)).toBe(true)
      expect((await run(['recover'])).stdout).toBe('nothing was left behind\n')
      expect((await run(['down'])).code).toBe(4)
      runner.kill('SIGKILL')
      await new Promise(resolve => runner.once('close', resolve))
      const recovered = await run(['recover'])
      expect(recovered.stdout.split('\n').sort()).toEqual([
        '',
        'put back in left: lease-loss 1 node in west',
        'put back in left: namespace run-1 in west',
      ])
      expect(await readyIs(true)).toBe(true)
      await expect(cluster.call('GET', pathOf('v1', 'Namespace', undefined, 'run-1'))).rejects.toThrow('not found')
      expect((await run(['down'])).code).toBe(0)
      nothingIsLeft()
    } finally {
      runner.kill('SIGKILL')
      cluster.close()
    }

    function readyIs(wanted: boolean) {
      const path = pathOf('v1', 'Node', undefined, 'edge-node-01')
      return until(async () => (isReady(await cluster.call('GET', path)) === wanted ? true : null), {
        withinMs: 30_000,
      })
    }
  })

  test.skipIf(whyNoPackets() !== null)('a fabric that is taken down takes its partitions with it', async () => {
    const [east, west] = await up(await smallPlan(state.folder, 'left'), kwok, { say: () => {} })
    const near = await connect(east)
    const target = { kind: 'cut', nodes: [], other: west.name } as const
    await inject(target, near, { provider: kwok, journal: new Journal('left') })
    near.close()
    expect(await rules()).toContain(chainsOf(east))
    expect((await run(['down'])).code).toBe(4)
    await down(readFabric('left')!, { say: () => {} })
    expect(await rules()).not.toContain(chainsOf(east))
  })
})

describe.skipIf(whyNoKubelet !== null)(whyNoKubelet ?? 'kubelet', () => {
  let state: ReturnType<typeof beginState>
  beforeEach(() => {
    state = beginState()
  })
  afterEach(() => state.end())

  // While the first node is made, and while the kubelets announce theirs.
  test.each([0, 4000])(
    'up, killed %i ms after the first trace of a node: no process, mount, bridge, or control group is left',
    async afterMs => {
      const plan = await smallPlan(state.folder, 'killed')
      const places = plan.clusters.flatMap(({ name, nodes }) => nodes.map(node => placeOf('killed', name, node)))
      const when = () => tracesOf(places).length > 0
      await run(['up', scenarioFile(state.folder, 'killed'), '--provider', 'kubelet'], {
        signal: 'SIGKILL',
        when,
        afterMs,
      })
      expect(tracesOf(places)).not.toEqual([])
      expect((await run(['recover'])).code).toBe(0)
      expect(tracesOf(places)).toEqual([])
      expect(processesOf(state.folder)).toEqual([])
      expect(readdirSync(join(state.folder, 'fabrics'))).toEqual([])
    },
  )

  test.skipIf(whyNoPackets() !== null)(
    'a partition and a slow node that a killed runner left are put back',
    async () => {
      const [east, west] = await up(await smallPlan(state.folder, 'left'), kubelet, { say: () => {} })
      const far = await connect(west)
      const { cgroup } = placeOf('left', 'west', 'edge-node-01')
      const beforeUs = readQuota(cgroup)
      const as = async () => ({ quotaUs: readQuota(cgroup), reaches: await reaches(east, far, 500) })
      const child = join(state.folder, 'child.mjs')
      writeFileSync(child, crippled)
      const runner = spawn(process.execPath, [child], { stdio: ['ignore', 'pipe', 'inherit'] })
      try {
        await new Promise(resolve => runner.stdout.once('data', resolve))
        expect(await as()).toEqual({ quotaUs: beforeUs / 2, reaches: false })
        expect((await run(['recover'])).stdout).toBe('nothing was left behind\n')
        runner.kill('SIGKILL')
        await new Promise(resolve => runner.once('close', resolve))
        const recovered = await run(['recover'])
        expect(recovered.stdout.split('\n').sort()).toEqual([
          '',
          'put back in left: cpu-quota in west',
          'put back in left: drop-packets to west in east',
        ])
        expect(await as()).toEqual({ quotaUs: beforeUs, reaches: true })
        expect((await run(['recover'])).stdout).toBe('nothing was left behind\n')
      } finally {
        runner.kill('SIGKILL')
        far.close()
      }
    },
  )
})

const rules = () => runProgram('iptables', ['-t', 'mangle', '-S'], { timeoutMs: 10_000 })

/** What there is of nodes outside of our folder. */
function tracesOf(places: readonly NodePlace[]): string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
  return places.flatMap(({ root, run, bridge, cgroup }) => [
    ...(existsSync(run) ? [run] : []),
    ...(existsSync(`/sys/class/net/${bridge}`) ? [bridge] : []),
    ...readdirSync('/sys/fs/cgroup').filter(controller => existsSync(`/sys/fs/cgroup/${controller}${cgroup}`)),
    ...[root, run].filter(folder => mounts.includes(`${folder}/`)),
    ...processesOf(run).map(String),
  ])
}

/** A runner that makes a namespace with a pod in it, darkens a node, and never comes to an end. */
const dist = new URL('../../dist/runner/clusters/', import.meta.url).href
const begin = `
import { connect } from '${dist}client.js'
import { inject } from '${dist}inject/inject.js'
import { namespaceMeans, namespaceStep } from '${dist}inject/namespace.js'
import { Journal } from '${dist}journal.js'
import { findProvider } from '${dist}providers/index.js'
import { readFabric } from '${dist}state.js'
const [east, west] = await Promise.all(readFabric('left').clusters.map(connect))
const journal = new Journal('left')
`

const end = `
console.log('injected')
setInterval(() => {}, 1000)
`

const darkened = `${begin}
const step = namespaceStep('west', 'run-1', {})
journal.touch(step)
await namespaceMeans.bringAbout(step, west)
const metadata = { name: 'stuck', namespace: 'run-1' }
const spec = { nodeName: 'edge-node-01', containers: [{ name: 'a', image: 'a' }] }
const body = { apiVersion: 'v1', kind: 'Pod', metadata, spec }
await west.call('POST', '/api/v1/namespaces/run-1/pods', { body, withinMs: 10000 })
await inject({ kind: 'blackout', nodes: ['edge-node-01'] }, west, { provider: findProvider('kwok'), journal })
${end}`

/** One that cuts a way and slows a node down. */
const crippled = `${begin}
const provider = findProvider('kubelet')
await inject({ kind: 'cut', nodes: [], other: 'west' }, east, { provider, journal })
await inject({ kind: 'slow', nodes: ['edge-node-01'], factor: 0.5 }, west, { provider, journal })
${end}`
