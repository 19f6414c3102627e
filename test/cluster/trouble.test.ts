/**
 * What happens while a scenario runs on clusters: watches are cut, an API server restarts, is away for long or for good, and
 * the user has had enough.
 */
import { spawn } from 'node:child_process'
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomes } from '../../engine/result.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { until } from '../../runner/clusters/pause.ts'
import { processesOf, signalProcesses } from '../../runner/clusters/processes.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { clusterFolder, readFabric } from '../../runner/clusters/state.ts'
import { survey } from '../../runner/clusters/survey.ts'
import { type Execution, executeSweep } from '../../runner/execute/execute-sweep.ts'
import { type LoadedSweep, loadPoints } from '../../runner/scenario/load-points.ts'
import type { Observation } from '../../runner/verify/observation.ts'
import { run } from './command.ts'
import { beginState, whyNot } from './fabric.ts'
import { twoEdges } from './two-edges.ts'

const text = twoEdges('troubled', '20s')

const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

describe.skipIf(why !== null)(why ?? 'trouble on two KWOK clusters', () => {
  let state: ReturnType<typeof beginState>
  let sweep: LoadedSweep
  let wire: Wire

  beforeAll(async () => {
    state = beginState()
    const file = join(state.folder, 'troubled.yaml')
    writeFileSync(file, text)
    sweep = await loadPoints(file)
    await up(planFabric(sweep.points[0].loaded.scenario), kwok, { say: () => {} })
    wire = await Wire.into(readFabric('troubled')!.clusters[0].kubeconfig)
  })
  afterAll(async () => {
    wire?.close()
    await state?.end()
  })

  /** Executes the scenario; `trouble` begins when its work does. Its jobs all end well, whatever comes. */
  async function execute(runId: string, trouble: () => Promise<void>): Promise<Execution> {
    let done = Promise.resolve()
    const execution = await executeSweep(sweep, {
      ...{ mode: 'verify', provider: 'kwok', runId, image: 'none' },
      say: line => {
        if (line.startsWith('executing')) done = trouble()
      },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    })
    await done
    const [{ jobs }] = execution.observations
    expect([...jobs.outcome]).toEqual(Array(50).fill(outcomes.indexOf('completed')))
    return execution
  }
  /** Nothing of the run is left then, on either cluster. */
  async function survive(runId: string, trouble: () => Promise<void>): Promise<Observation> {
    const { observations } = await execute(runId, trouble)
    expect(new Journal('troubled').open()).toEqual([])
    return observations[0]
  }

  const whys = ({ telemetry }: Observation): string[] => telemetry.missing.map(({ why }) => why)

  test('watches that are cut again and again go on where they were', { timeout: 240_000 }, async () => {
    let cut = 0
    const observation = await survive('cut', async () => {
      for (const _ of Array(5)) {
        await seconds(4)
        cut += wire.cut()
      }
    })
    // Three watches each time at least.
    expect(cut).toBeGreaterThanOrEqual(15)
    expect(whys(observation)).toEqual([
      expect.stringMatching(/^edge-a: watches broke off \d+ times, from [\d.]+ s to [\d.]+ s/),
    ])
    expect(notLost(observation)).toBe(true)
  })

  test('an API server that restarts is waited for: nothing is placed twice', { timeout: 240_000 }, async () => {
    const observation = await survive('restarted', async () => {
      await seconds(8)
      const start = stopServer('edge-a')
      await seconds(5)
      start()
    })
    expect(whys(observation)).toEqual([expect.stringMatching(/^edge-a: watches broke off/)])
    expect(notLost(observation)).toBe(true)
  })

  test('a cluster that is away for long is done without, used again, and both are said', {
    timeout: 240_000,
  }, async () => {
    const observation = await survive('away', async () => {
      await seconds(4)
      wire.isOpen = false
      wire.cut()
      await seconds(27)
      wire.isOpen = true
    })
    const said = whys(observation)
    expect(said[0]).toMatch(/^edge-a at [\d.]+ s: nothing was heard of the cluster for 20 s$/)
    expect(said.some(line => /^edge-a at [\d.]+ s: heard of again/.test(line))).toBe(true)
    expect(notLost(observation)).toBe(false)
  })

  test('Ctrl-C ends it cleanly: nothing of the run is left', { timeout: 240_000 }, async () => {
    const file = join(state.folder, 'interrupted.yaml')
    writeFileSync(file, `${text}  failures: [{ at: 1s, blackout: { zone: z1 } }]\n`)
    const isInjected = () => new Journal('troubled').open().some(({ step }) => step.means === 'lease-loss')
    const args = [file, '--mode', 'execute', '--provider', 'kwok', '--out', state.folder]
    const { code, stderr } = await run(args, { signal: 'SIGINT', when: isInjected, afterMs: 0 })
    expect([code, stderr]).toEqual([130, expect.stringContaining('nothing of the run is left on the clusters')])
    const found = async () =>
      (await survey(readFabric('troubled')!)).clusters.map(({ nodes, namespaces }) => [nodes.ready, namespaces.length])
    await until(async () => ((await found()).every(([ready]) => ready === 3) ? true : null), { withinMs: 30_000 })
    const asBefore = [3, 0]
    expect(await found()).toEqual([asBefore, asBefore])
    expect(new Journal('troubled').open()).toEqual([])
  })

  // The last one: the cluster stays dead.
  test('a cluster whose API server dies for good loses no job, and it is said', { timeout: 240_000 }, async () => {
    const { observations, verification } = await execute('alone', async () => {
      await seconds(8)
      stopServer('edge-a')
    })
    const [{ telemetry }] = observations
    expect(telemetry.missing[0].why).toMatch(/^edge-a at [\d.]+ s: nothing was heard of the cluster for 20 s$/)
    // What could not be taken away of it is still noted, for `recover`.
    expect(new Journal('troubled').open()).toMatchObject([{ step: { means: 'namespace', cluster: 'edge-a' } }])
    expect(verification!.verdict).toBe('inconclusive')
  })
})

/** Whether each stage was placed once. */
const notLost = ({ attempts, jobs }: Observation): boolean => attempts.stage.length === jobs.outcome.length

const seconds = (s: number): Promise<void> => new Promise(resolve => setTimeout(resolve, 1000 * s))

/** Kills the cluster's API server; what is returned starts it as it was. */
function stopServer(name: string): () => void {
  const argsOf = (pid: number): string[] => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  const pid = processesOf(clusterFolder('troubled', name)).find(each => argsOf(each)[0].endsWith('kube-apiserver'))!
  const [program, ...args] = argsOf(pid)
  const cwd = readlinkSync(`/proc/${pid}/cwd`)
  signalProcesses([pid], 'SIGKILL')
  return () => spawn(program, args, { cwd, detached: true, stdio: 'ignore' }).unref()
}

/** A wire between us and an API server, which can be cut; TLS goes through it as it is. */
class Wire {
  isOpen = true
  private readonly server: Server
  private readonly sockets = new Set<Socket>()

  private constructor(port: number) {
    this.server = createServer(socket => {
      if (!this.isOpen) {
        socket.destroy()
        return
      }
      const onwards = connectTo(port, '127.0.0.1')
      socket.pipe(onwards).pipe(socket)
      for (const each of [socket, onwards]) {
        each.on('error', () => {})
        each.on('close', () => {
          socket.destroy()
          onwards.destroy()
          this.sockets.delete(socket)
        })
      }
      this.sockets.add(socket)
    })
  }

  /** The kubeconfig leads through it from now on. */
  static async into(kubeconfig: string): Promise<Wire> {
    const before = readFileSync(kubeconfig, 'utf8')
    const [, port] = /server: https:\/\/127\.0\.0\.1:(\d+)/.exec(before)!
    const wire = new Wire(Number(port))
    await new Promise<void>(resolve => wire.server.listen(0, '127.0.0.1', resolve))
    const own = (wire.server.address() as AddressInfo).port
    writeFileSync(kubeconfig, before.replace(`127.0.0.1:${port}`, `127.0.0.1:${own}`))
    return wire
  }

  /** Cuts all connections that there are and says how many. */
  cut(): number {
    const count = this.sockets.size
    for (const socket of this.sockets) socket.destroy()
    return count
  }

  close(): void {
    this.server.close()
    this.cut()
  }
}
