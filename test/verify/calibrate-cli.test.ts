import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { run } from '../../runner/cli/main.ts'
import { readCalibrationFile } from '../../runner/scenario/calibration-file.ts'
import type { Given } from '../../runner/verify/observation.ts'
import { observationFile } from '../../runner/verify/observation-file.ts'
import { observe, world } from './worlds.ts'

const folder = mkdtempSync(join(tmpdir(), 'calibrate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

const truth = world({ pools: '{far: {extends: lab, cpu: 4, memory: 8Gi, speed: 0.8, startup: 3s}}' })
const believed = world()

/** The folder of a run as an execution leaves it, as far as calibration reads it. */
function runFolder(name: string, given: readonly Given[] = []): string {
  const path = join(folder, name)
  mkdirSync(path)
  writeFileSync(join(path, 'scenario.resolved.json'), JSON.stringify(believed))
  const { name: file, content } = observationFile(observe(truth, 0, { given }))
  writeFileSync(join(path, file), content)
  return path
}

async function calibrate(...words: string[]): Promise<{ stdout: string; stderr: string; exit: unknown }> {
  const [stdout, stderr]: string[][] = [[], []]
  vi.spyOn(process.stdout, 'write').mockImplementation(text => stdout.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation(text => stderr.push(String(text)) > 0)
  await run(['calibrate', ...words])
  return { stdout: stdout.join(''), stderr: stderr.join(''), exit: process.exitCode }
}

test('writes what it says', async () => {
  const out = join(folder, 'lab.yaml')
  const { stdout, exit } = await calibrate(runFolder('one'), runFolder('two'), '--out', out)
  expect(exit).toBe(0)
  expect(stdout).toMatch(/^800 attempts of 800 jobs on fake: one, two\n/)
  expect(stdout).toMatch(/^pool far +speed +0\.8 +0\.8 – 0\.8 +\d+$/m)
  expect(stdout).toMatch(/^pool far +start-up +3 s +3 – 3 s +\d+$/m)
  expect(stdout).toMatch(/were off by \d+\.?\d* % in the mean as declared, and are by 0 % as fitted/)
  expect(stdout).toContain(`written: ${out} (include it by spec.calibration: lab.yaml)`)
  const { calibration, problems } = readCalibrationFile(out, 'lab.yaml')
  expect(problems).toEqual([])
  expect(calibration.name).toBe('lab')
  expect(calibration.clusters.b).toMatchObject({ speed: { value: 0.8 }, startupS: { value: 3 } })
  expect(readFileSync(out, 'utf8')).toMatch(/^# Written by fabricdt-run calibrate/)
})

test('--dry-run writes nothing', async () => {
  const out = join(folder, 'none.yaml')
  expect((await calibrate(runFolder('three'), '--out', out, '--dry-run')).exit).toBe(0)
  expect(existsSync(out)).toBe(false)
})

test('what tells nothing writes nothing', async () => {
  const out = join(folder, 'nothing.yaml')
  const { stdout, stderr, exit } = await calibrate(runFolder('four', ['runTime', 'startUp', 'energy']), '--out', out)
  expect(stdout).toContain('nothing could be fitted')
  expect(stderr).toContain('the runs tell nothing that could be fitted')
  expect([exit, existsSync(out)]).toEqual([2, false])
})

test('a run that was only predicted is no ground to stand on', async () => {
  const predicted = join(folder, 'predicted')
  mkdirSync(predicted)
  const { stderr, exit } = await calibrate(predicted)
  expect(exit).toBe(2)
  expect(stderr).toContain('holds no observation')
  expect(stderr).toContain('--mode execute')
})
