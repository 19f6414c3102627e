/** The suite as a user runs it where there are no clusters: predictions, and what was recorded of real ones. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'
import type { SuiteResult } from '../../runner/suite/suite.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'fabricdt-suite-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

const run = (...args: string[]) =>
  execa(process.execPath, [join(root, 'runner/bin/fabricdt-run.mjs'), 'run-suite', ...args], {
    reject: false,
    timeout: 110_000,
  })

test('an experiment that does not exist is a mistake of usage', async () => {
  const { exitCode, stderr } = await run('--only', 'V7', '--out', out)
  expect(exitCode).toBe(2)
  expect(stderr).toContain('there is no experiment “V7”: V1, V2, V3, V4, V5, V6')
})

test('no criterion fails; page, JSON and JUnit are written, and the page links to those of the runs', async () => {
  const { exitCode, stdout } = await run('--recorded', '--json', '--out', out)
  expect(exitCode).toBe(0)
  const { experiments } = JSON.parse(stdout) as SuiteResult
  expect(experiments.map(({ id }) => id)).toEqual(['V1', 'V2', 'V3', 'V4', 'V5', 'V6'])
  const failed = experiments.flatMap(({ findings }) => findings.filter(({ status }) => status === 'fail'))
  expect(failed).toEqual([])
  // What was recorded cannot become less certain than it was; what is predicted has no luck left in it.
  const verdicts = Object.fromEntries(experiments.map(({ id, verdict }) => [id, verdict]))
  expect(verdicts).toMatchObject({ V2: 'pass', V3: 'pass', V4: 'pass', V6: 'pass' })
  expect(experiments.flatMap(({ findings }) => findings).filter(({ status }) => status === 'skipped')).toEqual([])
  const [stamp] = readdirSync(join(out, 'suite'))
  const folder = join(out, 'suite', stamp)
  expect(readdirSync(folder).sort()).toEqual(['junit.xml', 'suite.html', 'suite.json'])
  const page = readFileSync(join(folder, 'suite.html'), 'utf8')
  for (const { reports } of experiments)
    for (const { href } of reports) {
      expect(page).toContain(`href="${href}"`)
      expect(existsSync(join(folder, href))).toBe(true)
    }
  expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('<testsuite name="V4 Policy comparison"')
})
