/** What scenarios/slow-tail.yaml is there to show. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'
import type { Results } from '../../reports/results.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'fabricdt-slow-tail-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

test('cvar has the lighter tail, beyond doubt, and greedy-latency the lower mean', async () => {
  const { stdout } = await execa(process.execPath, [
    join(root, 'runner/bin/fabricdt-run.mjs'),
    join(root, 'scenarios/slow-tail.yaml'),
    ...['--json', '--quiet', '--out', out],
  ])
  const { comparisons } = JSON.parse(stdout) as Results
  const of = (metric: string) => comparisons.find(comparison => comparison.metric === metric)
  // Differences are greedy-latency − cvar, paired by replication: 95 % intervals.
  expect(of('latency.cvar95')).toMatchObject({ a: 'greedy-latency', b: 'cvar', better: 'cvar', significant: true })
  expect(of('latency.cvar95')?.low).toBeGreaterThan(0)
  expect(of('latency.mean')?.high).toBeLessThan(0)
})
