/** Sweeps and the cache of finished trials, through the command line. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, test } from 'vitest'
import type { Results } from '../../reports/results.ts'
import { trialsKept } from './trials-kept.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-sweep-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = (args: readonly string[]) => [join(root, 'runner/bin/fabricdt-run.mjs'), ...args]
const cli = (...args: string[]) =>
  execa(process.execPath, command(args), { cwd: folder, reject: false, timeout: 110_000 })
const first = join(root, 'scenarios/first.yaml')
const sweep = [first, '--replications', '4', '--set', 'spec.fabric.clusters.rack.nodes=1,2,4']
const resultsOf = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).stdout) as Results

describe('a sweep', () => {
  test('runs every point, and gives each point what it gives alone', async () => {
    const whole = await resultsOf(...sweep, '--out', 'whole')
    expect(whole.points.map(point => Object.values(point.levels))).toEqual([['1'], ['2'], ['4']])
    const alone = await resultsOf(
      first,
      '--replications',
      '4',
      '--set',
      'spec.fabric.clusters.rack.nodes=2',
      '--out',
      'alone',
    )
    const rows = (results: Results, point: number) =>
      results.rows.filter(row => row.point === point).map(({ point: _point, ...row }) => row)
    expect(rows(whole, 1)).toEqual(rows(alone, 0))
  })

  test('--dry-run lists the points and runs nothing', async () => {
    const { stdout, exitCode } = await cli(...sweep, '--dry-run', '--out', 'dry')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('2. fabric.clusters.rack.nodes=2')
    expect(stdout).toContain('24 trials: 3 points × 2 policies × replications; 0 are there, 24 to run')
    expect(readdirSync(folder)).not.toContain('dry')
  })
})

describe('the cache', () => {
  test('gives the same results, reuses all, and says so', async () => {
    const fresh = await resultsOf(...sweep, '--out', 'again')
    const again = await resultsOf(...sweep, '--out', 'again')
    expect(again.resultsHash).toBe(fresh.resultsHash)
    expect([fresh.run.reused, again.run.reused]).toEqual([0, 24])
    const without = await resultsOf(...sweep, '--out', 'again', '--no-cache')
    expect([without.resultsHash, without.run.reused]).toEqual([fresh.resultsHash, 0])
  })

  test('gives each of two points its own trials, though they differ in nothing that a trial depends on', async () => {
    const sets = ['spec.fabric.clusters.rack.nodes=4', 'spec.expect.0.value=2%,3%'].flatMap(set => ['--set', set])
    const args = [join(root, 'scenarios/policy-sweep.yaml'), '--replications', '2', ...sets, '--out', 'twins']
    const fresh = await resultsOf(...args)
    const again = await resultsOf(...args)
    expect(fresh.points).toHaveLength(2)
    expect([again.resultsHash, again.run.reused]).toEqual([fresh.resultsHash, 12])
  })

  test('runs again what changed, says why, and keeps the rest', async () => {
    await cli(first, '--replications', '4', '--out', 'part')
    const more = await cli(first, '--replications', '6', '--out', 'part')
    expect(more.stderr).toContain('8 of 12 trials are there already')
    const other = await cli(first, '--replications', '4', '--seed', '9', '--out', 'part')
    expect(other.stderr).toContain('since the last run changed: seed')
  })

  test('an unreadable entry is run again', async () => {
    const before = await resultsOf(first, '--replications', '2', '--out', 'broken')
    for (const name of readdirSync(join(folder, 'broken/.cache'), { recursive: true, withFileTypes: true }))
      if (name.isFile()) writeFileSync(join(name.parentPath, name.name), 'rubbish')
    const after = await resultsOf(first, '--replications', '2', '--out', 'broken')
    expect([after.resultsHash, after.run.reused]).toEqual([before.resultsHash, 0])
  })

  test('--resume refuses to start anew by mistake', async () => {
    const { exitCode, stderr } = await cli(first, '--replications', '2', '--seed', '77', '--resume', '--out', 'resume')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('nothing-to-resume')
  })

  test('a run killed three times goes on to the same results', async () => {
    const args = [join(root, 'scenarios/zone-blackout.yaml'), '--replications', '12']
    const whole = await resultsOf(...args, '--out', 'unbroken', '--no-cache')
    for (let i = 0; i < 3; i++) {
      const running = execa(process.execPath, command([...args, '--out', 'killed']), { cwd: folder, reject: false })
      await trialsKept(join(folder, 'killed'), 5 * (i + 1))
      running.kill('SIGKILL')
      await running
    }
    const resumed = await resultsOf(...args, '--out', 'killed')
    expect(resumed.resultsHash).toBe(whole.resultsHash)
    expect(resumed.run.reused).toBeGreaterThan(0)
  })
})

test('short trials: Ctrl-C in the middle, then two runs at once that go on, and nothing is lost', async () => {
  const args = [join(root, 'test/bench/single-server.yaml'), '--replications', '6000', '--json']
  const whole = await resultsOf(...args, '--no-cache', '--out', 'short-whole')
  const running = execa(process.execPath, command([...args, '--out', 'short']), { cwd: folder, reject: false })
  await trialsKept(join(folder, 'short'), 1000)
  running.kill('SIGINT')
  expect((await running).exitCode).toBe(130)
  const both = await Promise.all([0, 1].map(() => resultsOf(...args, '--resume', '--out', 'short')))
  for (const { resultsHash, run } of both) {
    expect(resultsHash).toBe(whole.resultsHash)
    expect(run.reused).toBeGreaterThanOrEqual(1000)
  }
  expect(whole.warnings[0].message).toContain('of the first 250 replications')
  expect((await resultsOf(...args, '--out', 'short')).run.reused).toBe(6000)
})

test('--junit writes the expectations', async () => {
  await cli(
    first,
    '--replications',
    '2',
    '--set',
    'spec.expect=["latency.mean < 1h"]',
    '--junit',
    'junit.xml',
    '--out',
    'junit',
  )
  expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('<testcase')
})
