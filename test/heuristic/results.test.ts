/** `predictor: heuristic`: the closed form in results, page and summary; nothing of it without. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { heuristicTable } from '../../reports/page/heuristic.ts'
import type { Results } from '../../reports/results.ts'
import { predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'

const first = fileURLToPath(new URL('../../scenarios/first.yaml', import.meta.url))

async function run(...sets: string[]): Promise<Results> {
  const sweep = await loadPoints(first, { sets: ['spec.replications=2', ...sets] })
  const { results } = await predict(sweep, { threads: 1, signal: new AbortController().signal, cache: null })
  return results as Results
}

test('stands beside the simulation, and near it where nobody waits', async () => {
  const results = await run('spec.predictor=heuristic')
  const simulated = results.rows.filter(({ metric, scope }) => metric === 'latency.mean' && scope === 'fabric')
  expect(simulated).toHaveLength(2)
  // Work that is spread over all nodes fares between what goes to the best and what goes in turn.
  for (const { estimate } of simulated) expect(Math.abs(results.heuristic!.latencyS! / estimate! - 1)).toBeLessThan(0.2)
  const { rows } = heuristicTable(results)!
  expect(rows.map(({ label }) => label)).toEqual([
    ...results.heuristic!.workloads.map(({ workload }) => `${workload}, closed form`),
    'all jobs, closed form',
    'all jobs, round-robin',
    'all jobs, greedy-latency',
  ])
  expect(results.assumptions.join('\n')).toContain('Sakasegawa')
  const without = await run()
  expect(without.heuristic).toBeUndefined()
  expect(heuristicTable(without)).toBeNull()
  expect(without.rows).toEqual(results.rows)
})
