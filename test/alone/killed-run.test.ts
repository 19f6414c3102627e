/**
 * The runner is killed at random moments of an execution: what it left is put back. Moments are drawn from a seeded stream,
 * one from each part of the time that a run takes; FABRICDT_KILLS is how many (on a fabric that stands) per provider, ten in all
 * where FABRICDT_LONG=1 is set, two else.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashName, Random } from '../../engine/random.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { workerFinding } from '../../runner/clusters/kubelet/images.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { readFabric } from '../../runner/clusters/state.ts'
import { run } from '../cluster/command.ts'
import { beginState, whyNot, whyNotLong } from '../cluster/fabric.ts'
import { clusterTraces, machineTraces } from './traces.ts'

/** About twelve seconds; a node goes dark while another is slow, where the provider can do that. */
const scenario = (nodes: number): string => `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: killed-run }
spec:
  seed: 3
  scaling: 1:10
  fabric:
    pools: { edge: { cpu: 4, memory: 8Gi, detection: 5s, startup: 300ms, power: { idle: 10W, busy: 50W } } }
    clusters:
      - { name: edge-a, pool: edge, zone: z1, nodes: ${nodes} }
      - { name: edge-b, pool: edge, zone: z2, nodes: ${nodes} }
    network: { latency: 20ms }
  workloads:
    - name: camera
      origin: { cluster: edge-a }
      arrivals: { process: poisson, rate: 4/s, maxJobs: 24 }
      job: { stages: [{ id: detect, cpu: 1, memory: 320Mi, duration: 2s }] }
  policies: [least-allocated]
  replications: 1
  failures:
    - { at: 2s, for: 6s, slow: { zone: z2, factor: 0.5 } }
    - { at: 3s, for: 5s, blackout: { zone: z1 } }
`

const seed = 20251125
const asked = process.env.FABRICDT_KILLS === undefined ? null : Number(process.env.FABRICDT_KILLS)

/** One from each of n equal parts of the time from 0 to 1. */
function moments(n: number, what: string): number[] {
  const random = new Random(seed, 0)
  random.select(0, 0, hashName(what), 0)
  return Array.from({ length: n }, (_, i) => (i + random.uniform()) / n)
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`)

const whyNoKubelet = async (): Promise<string | null> => {
  const { hint, detail } = workerFinding()
  return (
    whyNotLong ??
    (await whyNot(findProvider('kubelet')!)) ??
    (hint === '' ? null : `kubelet: worker image ${detail}; ${hint}`)
  )
}

const running = { phase: 'up', withinMs: 10_000 } as const
const ending = { phase: 'taking away', withinMs: 500 } as const

const tiers = [
  {
    provider: 'kwok',
    nodes: 2,
    why: await whyNot(findProvider('kwok')!),
    standing: whyNotLong === null ? 6 : 2,
    own: [running, ending],
  },
  { provider: 'kubelet', nodes: 1, why: await whyNoKubelet(), standing: 1, own: [running] },
]

describe.each(tiers)('$provider', ({ provider, nodes, why, standing, own }) => {
  describe.skipIf(why !== null)(why ?? 'is here', () => {
    const minutes = { timeout: 240_000 + 60_000 * (asked ?? 0) }
    let state: ReturnType<typeof beginState>
    let file: string
    beforeEach(() => {
      state = beginState()
      file = join(state.folder, 'killed-run.yaml')
      writeFileSync(file, scenario(nodes))
    })
    afterEach(() => state.end())

    const args = () => [file, '--mode', 'execute', '--provider', provider, '--out', join(state.folder, 'out')]
    const upAndTraces = async () => {
      expect((await run(['up', file, '--provider', provider])).code).toBe(0)
      return { machine: machineTraces(state.folder), clusters: await clusterTraces(readFabric('killed-run')!) }
    }
    /** Nodes are ready a while after they are back, and containers end a while after their pods. */
    const expectAsBefore = async (before: { machine: string[]; clusters: string[] }): Promise<void> => {
      const now = async () => ({
        machine: machineTraces(state.folder),
        clusters: await clusterTraces(readFabric('killed-run')!),
      })
      const same = async () => (JSON.stringify(await now()) === JSON.stringify(before) ? true : null)
      if ((await until(same, { withinMs: 45_000, everyMs: 500 })) === null) expect(await now()).toEqual(before)
      expect(new Journal('killed-run').open()).toEqual([])
    }
    /** What was killed is there for a moment more. */
    const expectMachineAs = async (before: string[]): Promise<void> => {
      const same = async () => (machineTraces(state.folder).join() === before.join() ? true : null)
      if ((await until(same, { withinMs: 5000 })) === null) expect(machineTraces(state.folder)).toEqual(before)
    }
    /** Puts back what there is, and then there is nothing more. */
    const recover = async (): Promise<string[]> => {
      const { code, stdout } = await run(['recover'])
      expect([code, stdout]).toEqual([0, stdout])
      expect(await run(['recover'])).toMatchObject({ code: 0, stdout: 'nothing was left behind\n' })
      return stdout.trim().split('\n')
    }

    test(`${asked ?? standing} moments of a run on a fabric that stands`, minutes, async () => {
      const before = await upAndTraces()
      const beganMs = performance.now()
      expect((await run(args())).code).toBe(0)
      const tookMs = performance.now() - beganMs
      await expectAsBefore(before)
      const mended: string[] = []
      for (const moment of moments(asked ?? standing, provider)) {
        await run(args(), { signal: 'SIGKILL', afterMs: moment * tookMs })
        const lines = await recover()
        say(`${provider}: killed after ${(moment * tookMs).toFixed(0)} of ${tookMs.toFixed(0)} ms: ${lines.join('; ')}`)
        await expectAsBefore(before)
        mended.push(...lines)
      }
      expect(mended.filter(line => line.startsWith('put back')).length).toBeGreaterThan(0)
    })

    describe.skipIf(whyNotLong !== null)(whyNotLong ?? 'at other moments', () => {
      test.each(own)(
        'a run that makes its fabric, killed while that is $phase',
        minutes,
        async ({ phase, withinMs }) => {
          const before = machineTraces(state.folder)
          const [moment] = moments(1, `${provider} ${phase}`)
          const when = () => readFabric('killed-run')?.phase === phase
          await run(args(), { signal: 'SIGKILL', when, afterMs: moment * withinMs })
          say(`${provider}: killed ${(moment * withinMs).toFixed(0)} ms after it was ${phase}: ${await recover()}`)
          await expectMachineAs(before)
        },
      )

      test.skipIf(provider !== 'kwok')('the recovery is killed as well, then done again', minutes, async () => {
        const before = await upAndTraces()
        const isInjected = () => new Journal('killed-run').open().some(({ step }) => step.means !== 'namespace')
        for (const moment of moments(2, 'recovery')) {
          await run(args(), { signal: 'SIGKILL', when: isInjected, afterMs: 500 })
          expect(isInjected()).toBe(true)
          // It starts within a second or so, and waits for namespaces to go.
          await run(['recover'], { signal: 'SIGKILL', afterMs: 300 + moment * 3000 })
          await recover()
          await expectAsBefore(before)
        }
        await run(['down'], { signal: 'SIGKILL', when: () => readFabric('killed-run')?.phase !== 'up', afterMs: 50 })
        await recover()
        expect(machineTraces(state.folder).filter(line => line.startsWith('process'))).toEqual([])
        expect(readFabric('killed-run')).toBeNull()
      })
    })
  })
})
