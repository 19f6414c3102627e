/** `fabricdt-run generate`, and what a stress job is for Kubernetes. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { runGenerate } from '../../runner/cli/generate.ts'
import { findFormat } from '../../runner/formats/index.ts'
import { findGenerator, generate } from '../../runner/generators/index.ts'
import { writeLoop } from '../../runner/generators/stress-job.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-generate-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Quietly; gives what was written. */
async function made(model: string, name: string, option: string[], to = 'swf'): Promise<string> {
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true)
  const out = join(folder, name)
  try {
    await runGenerate(model, { to, out, option, seed: 4 })
  } finally {
    vi.restoreAllMocks()
  }
  return readFileSync(out, 'utf8')
}

it('writes a trace that is read as what was made', async () => {
  const text = await made('lublin', 'l.swf', ['jobs=50', 'nodes=64', 'kind=batch'])
  const back = findFormat('swf')!.read(Buffer.from(text), 'l.swf', {})
  const trace = generate(findGenerator('lublin')!, { jobs: 50, nodes: 64, kind: 'batch' }, 4, 'lublin')
  expect([back.submitS, back.runS, back.tasks]).toEqual([trace.submitS, trace.runS, trace.tasks])
})

it('refuses what there is not', async () => {
  await expect(made('lubin', 'x.swf', [])).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringMatching(/lublin/),
  })
  await expect(made('bags', 'x.swf', ['sise=3'])).rejects.toMatchObject({ code: 'usage' })
  await expect(made('bags', 'x.yaml', [], 'kubernetes')).rejects.toMatchObject({ code: 'usage' })
  expect(existsSync(join(folder, 'x.swf'))).toBe(false)
})

it.each([
  ['cpu', { cpu: '1000m', memory: '64Mi' }],
  ['memory', { cpu: '100m', memory: '1024Mi' }],
  ['io', { cpu: '100m', memory: '64Mi' }],
])('writes a Job that stresses %s with what the simulated one asks for', async (kind, requests) => {
  const text = await made('stress', `${kind}.yaml`, [`kind=${kind}`, 'runS=90'], 'kubernetes')
  expect(text).not.toMatch(/[&*]a1/)
  const job = parse(text)
  const [container] = job.spec.template.spec.containers
  expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: `stress-${kind}-` } })
  expect(container.resources).toEqual({ requests, limits: requests })
  expect([...(container.args ?? []), ...(container.command ?? [])].join(' ')).toMatch(/90/)
  const { cpuMilli, memoryBytes, runS } = generate(findGenerator('stress')!, { kind, runS: 90, jobs: 1 }, 1, 'w')
  const megabytes = memoryBytes[0] / 1024 / 1024
  expect({ cpu: `${cpuMilli[0]}m`, memory: `${megabytes}Mi`, runS: runS[0] }).toEqual({ ...requests, runS: 90 })
})

it('writes to the disk until its time is over, and fails where it cannot', () => {
  const file = join(folder, 'block')
  execFileSync('sh', ['-c', writeLoop(1, file).replace('count=64', 'count=1')])
  expect(statSync(file).size).toBe(1048576)
  expect(() => execFileSync('sh', ['-c', writeLoop(5, join(folder, 'no', 'where'))])).toThrow()
})
