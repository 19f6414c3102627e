/**
 * `zone-blackout` on real control planes, with a seventh cluster, as many as a fabric is meant to have: a zone goes dark under
 * load, and it fares as predicted.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyText } from '../../runner/cli/verify-text.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { beginState, undisturbed, whyNot } from '../cluster/fabric.ts'

const shipped = join(fileURLToPath(new URL('../..', import.meta.url)), 'scenarios/zone-blackout.yaml')
const sixth = /^.*name: mining-barn,.*$/m
// Phones that only sensors go to, which then have a second choice.
const seventh = '      - { name: bus-phones, pool: personal-area, zone: eu-5, region: NL, nodes: 20 }'
const why = await whyNot(findProvider('kwok')!)

describe.skipIf(why !== null)(why ?? 'zone-blackout on seven KWOK clusters', () => {
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
    const file = join(state.folder, 'zone-blackout.yaml')
    writeFileSync(file, readFileSync(shipped, 'utf8').replace(sixth, `$&\n${seventh}`))
    const sweep = await loadPoints(file, { policies: ['greedy-latency'], replications: 10 })
    const { verification, observations } = await executeSweep(sweep, {
      ...{ mode: 'verify', provider: 'kwok', runId: 'blackout', image: 'none', say: () => {} },
      predict: { threads: 1, signal: new AbortController().signal, cache: null },
    })
    process.stdout.write(verifyText(verification!))
    const [{ jobs, telemetry, clusters }] = observations
    expect(clusters.energyJ).toHaveLength(7)
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
