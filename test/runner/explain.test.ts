/** Explanations as a user meets them: a sample beside every run, all with `--explain`, read by `explain`. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cli = (...args: string[]) =>
  execa(process.execPath, [join(root, 'runner/bin/fabricdt-run.mjs'), ...args], { cwd: folder, reject: false })

/** A run of `first` by one policy, and placements in what `explain` says of it. */
async function explained(...flags: string[]): Promise<{ run: string; placements: number }> {
  const before = new Set(readdirSync(folder).includes('out') ? readdirSync(join(folder, 'out/first')) : [])
  const first = join(root, 'scenarios/first.yaml')
  const { exitCode } = await cli(first, '--policy', 'greedy-latency', '--replications', '1', '--quiet', ...flags)
  expect(exitCode).toBe(0)
  const name = readdirSync(join(folder, 'out/first')).find(each => !before.has(each))!
  const run = join('out/first', name)
  const { stdout } = await cli('explain', run, '--limit', '100000', '--json')
  const rows = JSON.parse(stdout) as { workload: string; job: number; stage: string; attempt: number }[]
  return { run, placements: new Set(rows.map(row => [row.workload, row.job, row.stage, row.attempt].join())).size }
}

test('a sample, then all: what the cache has of a sample is not enough', async () => {
  const sample = await explained()
  expect(sample.placements).toBeGreaterThan(100)
  expect(sample.placements).toBeLessThanOrEqual(200)
  const all = await explained('--explain')
  expect(all.placements).toBeGreaterThan(1000)
  const { stdout } = await cli('explain', all.run, '--workload', 'cams', '--job', '1')
  expect(stdout).toMatch(
    /^greedy-latency at \d\S* s: stage “\S+” of cams 1\n {3}node +cluster +score +wayOutS +startupS/,
  )
  expect(stdout.match(/▸/g)).toHaveLength(1)
  expect(await cli('explain', all.run, '--policy', 'nobody')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no placement of the kind is explained'),
  })
  expect(await cli('explain', 'nowhere')).toMatchObject({ exitCode: 2 })
})
