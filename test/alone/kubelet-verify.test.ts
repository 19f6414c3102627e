/** Real containers on two crowded nodes: calibrated on some jobs, the latency of others is predicted. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomes } from '../../engine/result.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { workerFinding } from '../../runner/clusters/kubelet/images.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import { type Execution, executeSweep } from '../../runner/execute/execute-sweep.ts'
import { workerImage } from '../../runner/execute/worker-image.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { calibrate } from '../../runner/verify/calibrate/calibrate.ts'
import { calibrationYaml } from '../../runner/verify/calibrate/calibration-yaml.ts'
import { beginState, whyNot } from '../cluster/fabric.ts'

const kubelet = findProvider('kubelet')!
const { detail, hint } = workerFinding()
const why = (await whyNot(kubelet)) ?? (hint === '' ? null : `kubelet: worker image ${detail}; ${hint}`)

const folder = fileURLToPath(new URL('.', import.meta.url))
const text = readFileSync(join(folder, 'kubelet-verify.yaml'), 'utf8')
const traced = 'trace: { format: csv, file: kubelet-trace.csv }'
const arrivals = 'arrivals: { process: poisson, rate: 1/s, maxJobs: 45 }'
const duration = 'memory: 320Mi, duration: { lognormal: { mean: 5s, cv: 0.7 } }'

describe.skipIf(why !== null)(why ?? 'on two clusters of real kubelets', () => {
  let state: ReturnType<typeof beginState>
  /** Files of their own, as a user would have them. */
  const load = (name: string, scenario: string) => {
    const file = join(state.folder, name)
    writeFileSync(file, scenario)
    return loadPoints(file)
  }
  const execute = async (name: string, scenario: string): Promise<Execution> =>
    executeSweep(await load(name, scenario), {
      ...{ mode: 'verify', provider: 'kubelet', runId: name.replace('.yaml', ''), image: workerImage(), say: () => {} },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    })
  const learn = ({ derived, observations }: Execution) =>
    calibrate('kubelets', [{ name: 'first', model: compile(derived.scenario).model, observations }])

  beforeAll(async () => {
    state = beginState()
    const lines = readFileSync(join(folder, 'kubelet-trace.csv'), 'utf8').split('\n')
    writeFileSync(join(state.folder, 'kubelet-trace.csv'), `${lines.slice(0, 61).join('\n')}\n`)
    const { scenario } = (await load('plan.yaml', text)).points[0].loaded
    await up(planFabric(scenario), kubelet, { say: () => {} })
  }, 120_000)
  afterAll(() => state?.end(), 60_000)

  test('what was learnt of some jobs holds for those of a trace', { timeout: 300_000 }, async () => {
    const first = await execute('first.yaml', text.replace(traced, arrivals).replace('memory: 320Mi', duration))
    const { calibration, check } = learn(first)
    expect(check!.after).toBeLessThan(check!.before / 1.5)
    writeFileSync(join(state.folder, 'calibration.yaml'), calibrationYaml(calibration))

    const { observations, verification } = await execute(
      'second.yaml',
      text.replace('scaling: 1:10', 'scaling: 1:10\n  calibration: calibration.yaml'),
    )
    const [{ jobs, telemetry, cpu }] = observations
    expect(telemetry.missing).toEqual([])
    expect([...jobs.outcome]).toEqual(Array(60).fill(outcomes.indexOf('completed')))
    expect(cpu!.source).toBe('cAdvisor')
    const row = (of: Execution['verification'], quantity: string) =>
      of!.policies[0].rows.find(row => row.scope === 'fabric' && row.quantity === quantity && row.statistic !== 'p95')!
    expect(row(verification, 'cpu').status).toBe('pass')
    expect(row(verification, 'found').status).not.toBe('fail')
    const partOff = (of: Execution['verification']) => {
      const { error, observed } = row(of, 'found')
      return Math.abs(error! / observed!)
    }
    expect(partOff(verification)).toBeLessThan(0.1)
    expect(partOff(verification)).toBeLessThan(partOff(first.verification) / 1.5)
  })
})
