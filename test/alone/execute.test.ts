/** A small scenario on real control planes: predicted, executed, compared. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomes } from '../../engine/result.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { whyNoPackets } from '../../runner/clusters/packets.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { readFabric } from '../../runner/clusters/state.ts'
import { survey } from '../../runner/clusters/survey.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { type LoadedSweep, loadPoints } from '../../runner/scenario/load-points.ts'
import { beginState, whyNot } from '../cluster/fabric.ts'
import { twoEdges } from '../cluster/two-edges.ts'

const text = (failures: string): string => `${twoEdges('executed', '8s')}  replications: 3
  failures: ${failures}
`

const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

describe.skipIf(why !== null)(why ?? 'on two KWOK clusters', () => {
  let state: ReturnType<typeof beginState>
  const load = async (failures: string, cpu = 'cpu: 1'): Promise<LoadedSweep> => {
    const file = join(state.folder, 'executed.yaml')
    writeFileSync(file, text(failures).replace('cpu: 1', cpu))
    return loadPoints(file)
  }
  const execute = (sweep: LoadedSweep, runId: string) =>
    executeSweep(sweep, {
      ...{ mode: 'verify', provider: 'kwok', runId, image: 'none', say: () => {} },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    })

  beforeAll(async () => {
    state = beginState()
    const { scenario } = (await load('[]')).points[0].loaded
    await up(planFabric(scenario), kwok, { say: () => {} })
  })
  afterAll(() => state?.end())

  /** Everything of a run is away again. */
  const expectNothingLeft = async (): Promise<void> => {
    const found = await survey(readFabric('executed')!)
    expect(found.clusters.map(({ nodes, namespaces }) => [nodes.ready, namespaces])).toEqual([
      [3, []],
      [3, []],
    ])
    expect(new Journal('executed').open()).toEqual([])
  }

  test('50 jobs through the blackout of a zone fare as predicted', { timeout: 180_000 }, async () => {
    const sweep = await load('[{ at: 8s, for: 14s, blackout: { zone: z1 } }]')
    const { verification, observations } = await execute(sweep, 'blackout')
    const [{ jobs, failures, telemetry }] = observations
    expect(telemetry.missing).toEqual([])
    expect(jobs.outcome.length).toBe(50)
    expect(failures).toMatchObject([{ label: 'zone z1', cluster: 'edge-a' }])
    const [{ injectedS, detectedS, recoveredS }] = failures
    expect(injectedS! - 8).toBeLessThan(2)
    expect(Math.abs(detectedS! - injectedS! - 8)).toBeLessThan(3)
    expect(recoveredS).toBeGreaterThan(22)
    const [{ rows }] = verification!.policies
    const statusOf = (quantity: string) => rows.find(row => row.scope === 'fabric' && row.quantity === quantity)?.status
    for (const quantity of ['outcome', 'placement', 'detection', 'restart']) expect(statusOf(quantity)).toBe('pass')
    expect(statusOf('runTime')).toBe('given')
    await expectNothingLeft()
  })

  test.skipIf(whyNoPackets() !== null)('a partition is noticed as predicted', { timeout: 180_000 }, async () => {
    const sweep = await load('[{ at: 6s, for: 18s, partition: { from: edge-a, to: edge-b } }]', 'cpu: 2')
    const { verification, observations } = await execute(sweep, 'partition')
    const [{ jobs, failures, telemetry }] = observations
    expect(telemetry.missing).toEqual([])
    expect([...jobs.outcome]).toEqual(Array(50).fill(outcomes.indexOf('completed')))
    expect(failures.map(({ cluster, other }) => [cluster, other])).toEqual([
      ['edge-a', 'edge-b'],
      ['edge-b', 'edge-a'],
    ])
    for (const { means, injectedS, detectedS, recoveredS } of failures) {
      expect(means).toBe('packets to the other cluster are dropped (iptables)')
      expect(injectedS! - 6).toBeLessThan(1)
      expect(Math.abs(detectedS! - injectedS! - 8)).toBeLessThan(1.5)
      expect(recoveredS! - 24).toBeGreaterThan(0)
      expect(recoveredS! - 24).toBeLessThan(2)
    }
    const [{ rows }] = verification!.policies
    const statusOf = (quantity: string) => rows.find(row => row.scope === 'fabric' && row.quantity === quantity)?.status
    for (const quantity of ['outcome', 'placement', 'detection']) expect(statusOf(quantity)).toBe('pass')
    await expectNothingLeft()
  })
})
