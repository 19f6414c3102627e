/**
 * Sweeps and the cache of finished trials: through the command line where a process, its exit or its words matter, else
 * by the same function in this process, which draws no page.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, test } from 'vitest'
import type { Results } from '../../reports/results.ts'
import { type Prediction, type PredictOptions, predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { TrialCache } from '../../runner/sweep/cache.ts'
import { trialsKept } from './trials-kept.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-sweep-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = (args: readonly string[]) => [join(root, 'runner/bin/fabricdt-run.mjs'), ...args]
const cli = (...args: string[]) =>
  execa(process.execPath, command(args), { cwd: folder, reject: false, timeout: 110_000 })
const first = join(root, 'scenarios/first.yaml')
const rackNodes = (levels: string) => `spec.fabric.clusters.rack.nodes=${levels}`
const resultsOf = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).stdout) as Results

interface Run {
  file?: string
  sets?: readonly string[]
  replications: number
  /** Folder of the cache; absent: none. */
  out?: string
  onPlan?: PredictOptions['onPlan']
}

/** What the command runs, without its files. */
async function predicted({ file = first, sets = [], replications, out, onPlan }: Run): Promise<Prediction> {
  const cache = out === undefined ? null : new TrialCache(join(folder, out, '.cache'))
  const { signal } = new AbortController()
  const options = { threads: 1, signal, cache, ...(onPlan === undefined ? {} : { onPlan }) }
  return predict(await loadPoints(file, { sets: [...sets], replications }), options)
}
const hashOf = ({ results }: Prediction) => results.resultsHash

describe('a sweep', () => {
  test('runs every point, and gives each point what it gives alone', async () => {
    const { results: whole } = await predicted({ sets: [rackNodes('1,2,4')], replications: 4 })
    expect(whole.points.map(point => Object.values(point.levels))).toEqual([['1'], ['2'], ['4']])
    const { results: alone } = await predicted({ sets: [rackNodes('2')], replications: 4 })
    const rows = (results: Prediction['results'], point: number) =>
      results.rows.filter(row => row.point === point).map(({ point: _point, ...row }) => row)
    expect(rows(whole, 1)).toEqual(rows(alone, 0))
  })

  test('--dry-run lists the points and runs nothing', async () => {
    const { stdout, exitCode } = await cli(
      ...[first, '--replications', '4', '--set', rackNodes('1,2,4')],
      ...['--dry-run', '--out', 'dry'],
    )
    expect(exitCode).toBe(0)
    expect(stdout).toContain('2. fabric.clusters.rack.nodes=2')
    expect(stdout).toContain('24 trials: 3 points × 2 policies × replications; 0 are there, 24 to run')
    expect(readdirSync(folder)).not.toContain('dry')
  })
})

describe('the cache', () => {
  test('gives the same results and reuses all', async () => {
    const sweep = { sets: [rackNodes('1,2,4')], replications: 4 }
    const fresh = await predicted({ ...sweep, out: 'again' })
    const again = await predicted({ ...sweep, out: 'again' })
    expect([fresh.reused, again.reused]).toEqual([0, 24])
    expect(hashOf(again)).toBe(hashOf(fresh))
    expect(hashOf(await predicted(sweep))).toBe(hashOf(fresh))
  })

  test('gives each of two points its own trials, though they differ in nothing that a trial depends on', async () => {
    const twins = {
      file: join(root, 'scenarios/policy-sweep.yaml'),
      sets: ['spec.fabric.clusters.rack.nodes=4', 'spec.expect.0.value=2%,3%'],
      replications: 2,
      out: 'twins',
    }
    const fresh = await predicted(twins)
    const again = await predicted(twins)
    expect(fresh.results.points).toHaveLength(2)
    expect([hashOf(again), again.reused]).toEqual([hashOf(fresh), 12])
  })

  test('runs again what changed, says why, and keeps the rest', async () => {
    await predicted({ replications: 4, out: 'part' })
    const more = await cli(first, '--replications', '6', '--out', 'part', '--json')
    expect(more.stderr).toContain('8 of 12 trials are there already')
    expect((JSON.parse(more.stdout) as Results).run.reused).toBe(8)
    const other = await cli(first, '--replications', '4', '--seed', '9', '--out', 'part')
    expect(other.stderr).toContain('since the last run changed: seed')
  })

  test('an unreadable entry is run again', async () => {
    const before = await predicted({ replications: 2, out: 'broken' })
    for (const name of readdirSync(join(folder, 'broken/.cache'), { recursive: true, withFileTypes: true }))
      if (name.isFile()) writeFileSync(join(name.parentPath, name.name), 'rubbish')
    const after = await predicted({ replications: 2, out: 'broken' })
    expect([hashOf(after), after.reused]).toEqual([hashOf(before), 0])
  })

  test('--resume refuses to start anew by mistake', async () => {
    const { exitCode, stderr } = await cli(first, '--replications', '2', '--seed', '77', '--resume', '--out', 'resume')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('nothing-to-resume')
  })

  test('a run killed three times goes on to the same results', async () => {
    const file = join(root, 'scenarios/zone-blackout.yaml')
    const args = [file, '--replications', '12']
    const whole = await predicted({ file, replications: 12 })
    for (let i = 0; i < 3; i++) {
      const running = execa(process.execPath, command([...args, '--out', 'killed']), { cwd: folder, reject: false })
      await trialsKept(join(folder, 'killed'), 5 * (i + 1))
      running.kill('SIGKILL')
      await running
    }
    const resumed = await resultsOf(...args, '--out', 'killed')
    expect(resumed.resultsHash).toBe(hashOf(whole))
    expect(resumed.run.reused).toBeGreaterThan(0)
  })
})

test('short trials: Ctrl-C in the middle, then two runs at once that go on, and nothing is lost', async () => {
  const file = join(root, 'test/bench/single-server.yaml')
  const args = [file, '--replications', '6000', '--json']
  const whole = await predicted({ file, replications: 6000 })
  const running = execa(process.execPath, command([...args, '--out', 'short']), { cwd: folder, reject: false })
  await trialsKept(join(folder, 'short'), 1000)
  running.kill('SIGINT')
  expect((await running).exitCode).toBe(130)
  const both = await Promise.all([0, 1].map(() => resultsOf(...args, '--resume', '--out', 'short')))
  for (const { resultsHash, run } of both) {
    expect(resultsHash).toBe(hashOf(whole))
    expect(run.reused).toBeGreaterThanOrEqual(1000)
  }
  expect(whole.results.warnings[0].message).toContain('of the first 250 replications')
  expect((await predicted({ file, replications: 6000, out: 'short' })).reused).toBe(6000)
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
