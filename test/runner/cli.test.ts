/** The command line as a user meets it: built, in its own process, in a folder of its own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, test } from 'vitest'
import type { Results } from '../../reports/results.ts'
import { predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import type { Overrides } from '../../runner/scenario/overrides.ts'
import { trialsKept } from './trials-kept.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cli = (args: readonly string[], options: { cwd?: string } = {}) =>
  execa(process.execPath, [join(root, 'runner/bin/fabricdt-run.mjs'), ...args], {
    cwd: options.cwd ?? folder,
    reject: false,
    timeout: 100_000,
  })

const first = join(root, 'scenarios/first.yaml')
/** Of what the command runs, without its files. */
async function hashOf(file: string, overrides: Overrides, threads = 1): Promise<string> {
  const { signal } = new AbortController()
  const { results } = await predict(await loadPoints(file, overrides), { threads, signal, cache: null })
  return results.resultsHash
}
const runFolders = (out: string, name: string) => readdirSync(join(folder, out, name))

describe('run', () => {
  test('writes a whole run folder, prints a summary, says where the report is', async () => {
    const { exitCode, stdout } = await cli([first, '--replications', '3', '--out', 'a'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('greedy-latency')
    const [run] = runFolders('a', 'first')
    expect(stdout).toContain(join('a', 'first', run, 'report.html'))
    expect(readdirSync(join(folder, 'a/first', run)).sort()).toEqual([
      'decisions.parquet',
      'explanations.parquet',
      'jobs.parquet',
      'report.html',
      'results.json',
      'scenario.resolved.json',
      'scenario.yaml',
      'series.parquet',
    ])
    expect(readdirSync(join(folder, 'a')).sort()).toEqual(['.cache', 'first'])
  })

  test('the same bytes on one thread and on two, and by the function in another process', async () => {
    const file = join(root, 'scenarios/zone-blackout.yaml')
    const { stdout } = await cli([file, '--replications', '4', '--threads', '2', '--json', '--out', 't2'])
    const { resultsHash } = JSON.parse(stdout) as Results
    for (const threads of [1, 2]) expect(await hashOf(file, { replications: 4 }, threads)).toBe(resultsHash)
  })

  test('--json prints results.json to stdout and nothing else', async () => {
    const { stdout, exitCode } = await cli([first, '--replications', '2', '--json', '--out', 'b'])
    const results = JSON.parse(stdout) as Results
    expect(exitCode).toBe(0)
    expect(results.apiVersion).toBe('fabricdt.io/results.v1alpha1')
    const [run] = runFolders('b', 'first')
    expect(JSON.parse(readFileSync(join(folder, 'b/first', run, 'results.json'), 'utf8'))).toEqual(results)
  })

  test('--quiet prints nothing when all is well', async () => {
    const { stdout, stderr, exitCode } = await cli([first, '--replications', '2', '--quiet', '--out', 'c'])
    expect([exitCode, stdout, stderr]).toEqual([0, '', ''])
  })

  test('a failed expectation exits with 1, also under --quiet with a word on stderr', async () => {
    const { exitCode, stderr } = await cli([
      first,
      '--replications',
      '2',
      '--quiet',
      '--out',
      'd',
      '--set',
      'spec.expect=["latency.mean < 1ms"]',
    ])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('latency.mean')
  })

  test('other seeds, other results; the same seed, the same', async () => {
    const hash = (seed: number) => hashOf(first, { replications: 2, seed })
    const [a, b, c] = [await hash(1), await hash(2), await hash(1)]
    expect(a).toBe(c)
    expect(a).not.toBe(b)
  })

  test('a folder that cannot be written is an error with a hint, and leaves nothing', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    const { exitCode, stderr } = await cli([first, '--replications', '1', '--out', 'a-file/inside'])
    expect(exitCode).toBe(70)
    expect(stderr).toContain('error[output-failed]')
    expect(stderr).toContain('hint:')
  })

  test('Ctrl-C ends cleanly with 130 and leaves no run folder behind', async () => {
    const running = execa(
      process.execPath,
      [
        join(root, 'runner/bin/fabricdt-run.mjs'),
        join(root, 'scenarios/zone-blackout.yaml'),
        '--replications',
        '2000',
        '--out',
        'ctrl-c',
      ],
      {
        cwd: folder,
        reject: false,
        timeout: 60_000,
      },
    )
    await trialsKept(join(folder, 'ctrl-c'), 1)
    running.kill('SIGINT')
    const { exitCode, stderr } = await running
    expect(exitCode).toBe(130)
    expect(stderr).toContain('interrupted')
    expect(readdirSync(join(folder, 'ctrl-c'))).toEqual(['.cache'])
  })
})

describe('usage', () => {
  test.each([
    [['--nonsense'], 'unknown option'],
    [[first, '--replications', 'x'], 'expected a whole number'],
    [[first, '--seed', '-1'], 'expected a whole number'],
    [[], 'missing required argument'],
  ])('%j exits with 2', async (args, message) => {
    const { exitCode, stderr } = await cli(args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
  })

  test('a file that is not there, and an unknown policy', async () => {
    const missing = await cli(['nowhere.yaml'])
    expect([missing.exitCode, missing.stderr.includes('nowhere.yaml')]).toEqual([2, true])
    const policy = await cli([first, '--policy', 'gredy'])
    expect(policy.exitCode).toBe(2)
    expect(policy.stderr).toContain('gredy')
    expect(policy.stderr).toContain('greedy')
  })

  test('--help has examples and exit codes, --version the version', async () => {
    const help = await cli(['--help'])
    expect(help.exitCode).toBe(0)
    expect(help.stdout).toContain('Examples:')
    expect(help.stdout).toContain('Exit codes:')
    expect((await cli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

describe('validate, schema, report', () => {
  test('validate says everything that is wrong, with places, and exits with 2', async () => {
    writeFileSync(
      join(folder, 'wrong.yaml'),
      readFileSync(first, 'utf8')
        .replace(/pool: \w+/, 'pool: egde')
        .replace('greedy-latency', 'greedy-latencies'),
    )
    const { exitCode, stderr } = await cli(['validate', 'wrong.yaml'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/wrong\.yaml:\d+:\d+/)
    expect(stderr).toContain('egde')
    expect(stderr).toContain('greedy-latencies')
    const json = await cli(['validate', 'wrong.yaml', '--json'])
    expect(JSON.parse(json.stdout).diagnostics).toHaveLength(2)
  })

  test('schema prints a JSON Schema', async () => {
    expect(JSON.parse((await cli(['schema'])).stdout).$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  })

  test('report writes the page anew, the same', async () => {
    await cli([first, '--replications', '2', '--out', 'r'])
    const [run] = runFolders('r', 'first')
    const page = join(folder, 'r/first', run, 'report.html')
    const before = readFileSync(page, 'utf8')
    writeFileSync(page, '')
    expect((await cli(['report', join('r/first', run)])).exitCode).toBe(0)
    expect(readFileSync(page, 'utf8')).toBe(before)
    expect((await cli(['report', 'nowhere'])).exitCode).toBe(2)
  })
})
