/** `serve` as a user meets it: its own process, curl, crashes and signals. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../runner/plan/plan.ts'
import { hasProgram } from '../shared.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-serve-'))
const started: ReturnType<typeof cli>[] = []

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.kill('SIGKILL')
    await server
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cli = (args: readonly string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [join(root, 'runner/bin/fabricdt-run.mjs'), 'serve', ...args], {
    cwd: folder,
    reject: false,
    timeout: 100_000,
    env,
  })

/** A running server and where it listens. */
async function start(args: readonly string[] = [], env: Record<string, string> = {}) {
  const server = cli(['--port', '0', '--state', join(folder, 'state'), ...args], env)
  started.push(server)
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', chunk => {
      said += String(chunk)
      const at = /planning at (http:\S+)/.exec(said)?.[1]
      if (at !== undefined) resolve(at)
    })
    void server.then(() => reject(new Error(`serve ended: ${said}`)))
  })
  return { server, url }
}

const plansAt = async (url: string) =>
  ((await (await fetch(`${url}/plan?limit=200`)).json()) as { plans: Plan[] }).plans
const body = (name: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    job: { metadata: { name }, spec: { stages: [{ id: 's1', compute: { cpu: 1, duration_ms: 1000 } }] } },
  }),
})

describe('serve', () => {
  it.skipIf(!hasProgram('curl'))('answers the curl of the issue, byte for byte but for the port', async () => {
    const { url } = await start()
    const command = `curl -s -X POST ${url}/plan -H "Content-Type: application/json" -d '{"job": {"metadata": {"name": "test-job", "deadline_ms": 10000, "origin": {"cluster": "edge-microdc", "node": "edge-node-01"}}, "spec": {"stages": [{"id": "s1", "compute": {"cpu": 2, "mem_gb": 1, "duration_ms": 2000}, "constraints": {"arch": ["amd64"], "formats": ["native"]}}]}}, "strategy": "greedy"}'`
    const { stdout } = await execa('sh', ['-c', command])
    const plan = JSON.parse(stdout) as Plan
    expect(plan.placement).toMatchObject([{ stage: 's1', cluster: 'edge-microdc', node: 'edge-node-01' }])
    expect(plan.predicted.latency_ms?.estimate).toBe(3002)
    expect(await (await fetch(`${url}/plan/${plan.id}/verify`)).json()).toMatchObject({ verdict: 'inconclusive' })
  })

  it('keeps every plan that it answered, though it is killed at any moment', async () => {
    const before = await start()
    const answered: string[] = (await plansAt(before.url)).map(({ id }) => id)
    const asking = Array.from({ length: 4 }, async () => {
      for (;;) {
        const answer = await fetch(`${before.url}/plan`, body('crash')).catch(() => null)
        const plan = await answer?.json().catch(() => null)
        if (plan === null || plan === undefined) return
        answered.push((plan as Plan).id)
      }
    })
    await new Promise(resolve => setTimeout(resolve, 700))
    before.server.kill('SIGKILL')
    await Promise.all(asking)
    expect(answered.length).toBeGreaterThan(4)
    const after = await start()
    for (const id of answered) expect((await fetch(`${after.url}/plan/${id}`)).status, id).toBe(200)
  })

  it('ends with 0 on SIGTERM, once what it has begun is answered', async () => {
    const { server, url } = await start()
    const answers = Array.from({ length: 5 }, () => fetch(`${url}/plan`, body('last')))
    await Promise.all(answers.slice(0, 1))
    server.kill('SIGTERM')
    const statuses = (await Promise.allSettled(answers)).flatMap(each =>
      each.status === 'fulfilled' ? [each.value.status] : [],
    )
    // Those that came too late are refused as such, none is cut off half way.
    expect(statuses.every(status => status === 201 || status === 503)).toBe(true)
    const { exitCode } = await server
    expect(exitCode).toBe(0)
  })

  it('plans on another scenario', async () => {
    const { url } = await start([join(root, 'scenarios/carbon-day.yaml')])
    expect(await (await fetch(`${url}/fabric`)).json()).toMatchObject({ scenario: 'carbon-day' })
  })

  it('does not listen beyond this machine without a token', async () => {
    const { exitCode, stderr } = await cli(['--host', '0.0.0.0', '--port', '0'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--token-file')
    writeFileSync(join(folder, 'short'), 'abc\n')
    expect((await cli(['--token-file', 'short', '--port', '0'])).exitCode).toBe(2)
    const { url } = await start([], { FABRICDT_TOKEN: 'a-token-of-some-length' })
    expect((await fetch(`${url}/fabric`)).status).toBe(401)
    const authorized = { headers: { authorization: 'Bearer a-token-of-some-length' } }
    expect((await fetch(`${url}/fabric`, authorized)).status).toBe(200)
  })

  it('says that its port is taken', async () => {
    const { url } = await start()
    const { exitCode, stderr } = await cli(['--port', new URL(url).port, '--state', join(folder, 'other')])
    expect(exitCode).toBe(70)
    expect(stderr).toContain('EADDRINUSE')
  })
})
