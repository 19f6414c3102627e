/** Every scenario of the project, run as it is: exits with 0 and gives the summary beside it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, test } from 'vitest'
import type { Results } from '../../reports/results.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scenarios = join(root, 'scenarios')
const out = mkdtempSync(join(tmpdir(), 'fabricdt-scenarios-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

/** What is kept of the results: the headline figures, the verdicts, and the hash of all the rest. */
const summaryOf = (results: Results) => ({
  resultsHash: results.resultsHash,
  figures: results.rows
    .filter(row => row.scope === 'fabric' && results.metrics.find(metric => metric.name === row.metric)?.headline)
    .map(({ point, policy, metric, estimate, low, high }) => ({ point, policy, metric, estimate, low, high })),
  expectations: results.expectations.map(({ point, subject, text, status }) => ({ point, subject, text, status })),
  warnings: results.warnings,
})

describe.each(readdirSync(scenarios).filter(name => name.endsWith('.yaml')))('%s', name => {
  test('exits with 0 and gives the expected summary', async () => {
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      [join(root, 'runner/bin/fabricdt-run.mjs'), join(scenarios, name), '--json', '--quiet', '--out', out],
      { reject: false, timeout: 110_000 },
    )
    expect([exitCode, stderr]).toEqual([0, ''])
    const actual = summaryOf(JSON.parse(stdout) as Results)
    const expected = join(scenarios, name.replace('.yaml', '.expected.json'))
    // FABRICDT_UPDATE=1 writes the summaries anew: read the difference before you commit it.
    if (process.env.FABRICDT_UPDATE === '1') writeFileSync(expected, `${JSON.stringify(actual, null, 2)}\n`)
    expect(existsSync(expected), `${expected} is missing`).toBe(true)
    expect(actual).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})
