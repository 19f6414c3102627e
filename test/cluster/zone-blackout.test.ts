/** `zone-blackout` on real control planes: a zone of a six-cluster fabric goes dark under load, and it fares as predicted. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyText } from '../../runner/cli/verify-text.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { beginState, undisturbed, whyNot, whyNotLong } from './fabric.ts'

const file = join(fileURLToPath(new URL('../..', import.meta.url)), 'scenarios/zone-blackout.yaml')
const why = whyNotLong ?? (await whyNot(findProvider('kwok')!))

describe.skipIf(why !== null)(why ?? 'zone-blackout on six KWOK clusters', () => {
  let state: ReturnType<typeof beginState>
  let disturbAgain: () => void
  beforeAll(() => {
    disturbAgain = undisturbed()
    state = beginState()
  })
  afterAll(async () => {
    await state?.end()
    disturbAgain?.()
  }, 120_000)

  test('500 jobs or more queue, are placed, and start again after the blackout as predicted', {
    timeout: 420_000,
  }, async () => {
    const sweep = await loadPoints(file, { policies: ['greedy-latency'], replications: 10 })
    const { verification, observations } = await executeSweep(sweep, {
      ...{ mode: 'verify', provider: 'kwok', runId: 'blackout', image: 'none', say: () => {} },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    })
    process.stdout.write(verifyText(verification!))
    const [{ jobs, telemetry }] = observations
    // That a quiet watch was begun anew is told, and makes no figure doubtful.
    expect(telemetry.missing.filter(({ what }) => what !== 'watch')).toEqual([])
    expect(jobs.outcome.length).toBeGreaterThanOrEqual(500)
    const [{ rows }] = verification!.policies
    // Nothing would be shown of queueing by jobs that never wait.
    const queueing = rows.find(row => row.scope === 'fabric' && row.quantity === 'queueing')
    expect(queueing?.predicted).toBeGreaterThan(0.05)
    expect(queueing?.observed).toBeGreaterThan(0.05)
    for (const quantity of ['outcome', 'placement', 'queueing', 'detection', 'restart']) {
      const row = rows.find(row => row.scope === 'fabric' && row.quantity === quantity)
      expect.soft(row, quantity).toMatchObject({ status: 'pass' })
    }
    for (const quantity of ['runTime', 'startUp'])
      expect(rows.find(row => row.quantity === quantity)).toMatchObject({ status: 'given' })
  })
})
