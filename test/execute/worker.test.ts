/** The program in a stage's container: built from source, run as a container would run it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../deploy/worker', import.meta.url))
const { failed: isMissing } = await execa('go', ['version'], { reject: false })

describe.skipIf(isMissing)(isMissing ? 'the worker: Go is not on this machine' : 'the worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabricdt-worker-'))
  const worker = join(folder, 'worker')
  const run = (...args: string[]) => execa(worker, args, { reject: false, timeout: 60_000 })

  beforeAll(() => execa('go', ['build', '-trimpath', '-o', worker, '.'], { cwd: source, env: { CGO_ENABLED: '0' } }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('uses the CPU that the executor asks for, no sooner than it should, and says so', async () => {
    const { stdout, exitCode } = await run('--for', '1500ms', '--cpu', '200m', '--memory', String(32 << 20))
    const { cpuSeconds, wallSeconds } = JSON.parse(stdout) as { cpuSeconds: number; wallSeconds: number }
    expect(exitCode).toBe(0)
    expect(cpuSeconds).toBeGreaterThanOrEqual(0.3)
    expect(cpuSeconds).toBeLessThan(0.36)
    expect(wallSeconds).toBeGreaterThan(1.3)
  })

  it('ends as it is told', async () => {
    expect((await run('--for', '10ms', '--exit-code', '1')).exitCode).toBe(1)
    expect((await run('--cpu', 'much')).exitCode).toBe(2)
  })

  it('keeps checkpoints, and goes on from them', async () => {
    const file = join(folder, 'done')
    await run('--for', '400ms', '--checkpoint', file, '--every', '100ms')
    expect(readFileSync(file, 'utf8')).toMatch(/^\d+(\.\d+)?ms$/)
    writeFileSync(file, '10s')
    const { stdout } = await run('--for', '10s', '--checkpoint', file)
    expect(JSON.parse(stdout)).toMatchObject({ steps: 0, resumedSeconds: 10 })
  })
})
