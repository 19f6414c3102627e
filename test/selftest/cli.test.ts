/** `fabricdt-run selftest` as a user meets it: built, in its own process, in an empty folder. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, it } from 'vitest'
import { exitOf } from '../../runner/cli/selftest.ts'
import { selftestJson, selftestText } from '../../runner/cli/selftest-text.ts'
import { mm1 } from '../../runner/selftest/families/mm1.ts'
import { judge } from '../../runner/selftest/judge.ts'
import type { SelftestResult } from '../../runner/selftest/selftest.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-selftest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Seconds; but tests share their processors. */
const patience = 280_000

const cli = (...args: string[]) =>
  execa(process.execPath, [join(root, 'runner/bin/fabricdt-run.mjs'), 'selftest', ...args], {
    cwd: folder,
    reject: false,
    timeout: patience,
  })

describe('the command', () => {
  it('says in JSON that all lines hold, exits with 0 and leaves nothing behind', async () => {
    const { exitCode, stdout } = await cli('--json')
    const { holds, lines, seed, long } = JSON.parse(stdout)
    expect([exitCode, holds, seed, long]).toEqual([0, true, 1, false])
    expect(lines.length).toBeGreaterThan(40)
    for (const line of lines) expect(line).toMatchObject({ holds: true, error: null, measured: expect.any(Number) })
    expect(readdirSync(folder)).toEqual([])
  }, 300_000)

  it('ends at Ctrl-C with 130, without a table', async () => {
    const running = cli('--long')
    // It says how far it is after ten seconds.
    running.stderr.once('data', () => running.kill('SIGINT'))
    const { exitCode, stdout, stderr } = await running
    expect([exitCode, stdout]).toEqual([130, ''])
    expect(stderr).toMatch(/^selftest: \d+ %\ninterrupted$/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses what it does not know', async () => {
    expect((await cli('--seed', 'x')).exitCode).toBe(2)
    expect((await cli('scenario.yaml')).exitCode).toBe(2)
  })
})

describe('what it prints and how it ends', () => {
  const lines = mm1.experiments[0].lines
  const values = [0.98, 1.01, 1.02, 0.99, 1.03, 0.97]
  const result = (scale: number, error: string | null = null): SelftestResult => ({
    seed: 7,
    long: false,
    falseAlarmOfLine: 1e-4,
    wallS: 1.23,
    verdicts: judge([
      { family: mm1, line: lines[0], values: Float64Array.from(values, value => value * scale), error },
      {
        family: mm1,
        line: { what: 'law', unit: '', test: 'each', expected: 1 },
        values: Float64Array.of(scale),
        error: null,
      },
    ]),
  })

  it('is 0 and a ✓ where all hold', () => {
    expect(exitOf(result(1))).toBe(0)
    const text = selftestText(result(1))
    expect(text).toContain('seed 7')
    expect(text).toMatch(/✓ mean wait +1\ss +1\.0\d?\ss \(0\.\d+–/)
    expect(text).toMatch(/✓ all 2 lines hold\n$/)
  })

  it('is 1 and the names where some do not, with all digits of what has no luck', () => {
    expect(exitOf(result(1.5))).toBe(1)
    const text = selftestText(result(1.000001))
    expect(text).toContain('✗ law')
    expect(text).toContain('1.000001')
    expect(text).toMatch(/✗ 1 of 2 lines do not hold:\n {2}M\/M\/1: law\n$/)
  })

  it('is 3 and the reason where one could not be simulated', () => {
    expect(exitOf(result(1, 'out of luck'))).toBe(3)
    expect(selftestText(result(1, 'out of luck'))).toMatch(/✗ mean wait .*out of luck/)
  })

  it('is the same for programs', () => {
    const { holds, lines: rows } = JSON.parse(selftestJson(result(1.5)))
    expect(holds).toBe(false)
    expect(rows[0]).toMatchObject({ family: 'M/M/1', what: 'mean wait', unit: 's', test: 'mean', expected: 1, n: 6 })
    expect(rows[1]).toMatchObject({ what: 'law', measured: 1.5, holds: false, error: null })
  })
})
