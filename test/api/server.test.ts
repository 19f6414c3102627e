/** The REST interface: every route, what it answers where something is wrong, and its description. */
import { Writable } from 'node:stream'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import { createServer } from '../../runner/api/server.ts'
import type { Plan } from '../../runner/plan/plan.ts'
import { Bench, fabricOf, issueBody, zoneBlackout } from '../plan/fixtures.ts'
import { malformed } from './malformed.ts'

const scenario = await zoneBlackout()
const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
const serverOf = (bench: Bench, token: string | null = null, notReady = (): string | null => null) =>
  createServer({ planner: bench.planner, version: '1.2.3', token, log: silent, logLevel: 'error', notReady })

const post = (app: FastifyInstance, payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/plan', payload, headers: { 'content-type': type } })

let bench: Bench
let app: FastifyInstance
beforeEach(async () => {
  bench = new Bench(scenario)
  app = await serverOf(bench)
})

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>>
}

describe('the description', () => {
  it('is valid OpenAPI 3.1 and has every route', async () => {
    const { body, statusCode } = await app.inject('/openapi.json')
    expect(statusCode).toBe(200)
    const validator = new Validator()
    expect(await validator.validate(JSON.parse(body) as Record<string, unknown>)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
    const { paths } = JSON.parse(body) as Description
    expect(
      Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map(method => `${method} ${path}`)),
    ).toMatchInlineSnapshot(`
      [
        "post /plan",
        "get /plan",
        "get /plan/{id}",
        "delete /plan/{id}",
        "get /plan/{id}/verify",
        "post /plan/{id}/execute",
        "get /fabric",
        "get /strategies",
        "get /healthz",
        "get /readyz",
        "get /metrics",
      ]
    `)
  })

  it('has a page that names no other host', async () => {
    const redirect = await app.inject('/')
    expect(redirect.headers.location).toBe('/docs')
    const page = await app.inject('/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body).not.toMatch(/https?:\/\//)
    expect((await app.inject('/docs/static/swagger-ui-bundle.js')).statusCode).toBe(200)
  })

  it('describes what is answered', async () => {
    const { paths } = (await app.inject('/openapi.json')).json<Description>()
    const ajv = new Ajv2020({ strict: false })
    const holds = (path: string, method: string, status: number, answer: unknown) => {
      const schema = paths[path][method].responses[String(status)].content?.['application/json'].schema as object
      const check = ajv.compile(schema)
      expect(check(answer), JSON.stringify(check.errors)).toBe(true)
    }
    const plan = (await post(app, issueBody)).json<Plan>()
    const shadowed = (await post(app, issueBody.replace('greedy', 'resilient'))).json<Plan>()
    expect(shadowed.shadows).toHaveLength(1)
    for (const each of [plan, shadowed]) holds('/plan', 'post', 201, each)
    holds('/plan', 'get', 200, (await app.inject('/plan')).json())
    holds('/plan/{id}', 'get', 200, (await app.inject(`/plan/${plan.id}`)).json())
    holds('/plan/{id}/verify', 'get', 200, (await app.inject(`/plan/${plan.id}/verify`)).json())
    holds('/fabric', 'get', 200, (await app.inject('/fabric')).json())
    holds('/strategies', 'get', 200, (await app.inject('/strategies')).json())
    holds('/plan', 'post', 422, (await post(app, '{}')).json())
    holds('/plan/{id}', 'get', 404, (await app.inject('/plan/none')).json())
  })
})

describe('plans', () => {
  it('are made, found, listed, verified and forgotten', async () => {
    const made = await post(app, issueBody)
    expect(made.statusCode).toBe(201)
    const plan = made.json<Plan>()
    expect(made.headers.location).toBe(`/plan/${plan.id}`)
    expect(plan.placement.map(({ node }) => node)).toEqual(['edge-node-01'])
    expect((await app.inject(`/plan/${plan.id}`)).json()).toEqual(plan)
    expect((await app.inject('/plan?limit=1')).json()).toEqual({ plans: [plan], next: null })
    const verified = (await app.inject(`/plan/${plan.id}/verify`)).json<{ verdict: string; reasons: string[] }>()
    expect(verified.verdict).toBe('inconclusive')
    expect(verified.reasons).toEqual(['Nothing was observed: the job has not been executed.'])
    expect((await app.inject({ method: 'DELETE', url: `/plan/${plan.id}` })).statusCode).toBe(204)
    for (const [method, url] of [
      ['GET', ''],
      ['GET', '/verify'],
      ['POST', '/execute'],
      ['DELETE', ''],
    ] as const) {
      const gone = await app.inject({ method, url: `/plan/${plan.id}${url}` })
      expect(gone.statusCode).toBe(404)
      expect(gone.json<{ type: string }>().type).toBe('urn:fabricdt:problem:unknown-plan')
    }
  })

  it('cannot be executed where there are no clusters', async () => {
    const { id } = (await post(app, issueBody)).json<Plan>()
    const refused = await app.inject({ method: 'POST', url: `/plan/${id}/execute` })
    expect(refused.statusCode).toBe(409)
    expect(refused.json<{ hint: string }>().hint).toContain('--live')
  })

  it('find no room: 409, why, and when to come again', async () => {
    const full = await serverOf(
      new Bench(fabricOf(['{ name: edge-microdc, pool: lab, nodes: 1, cpu: 4, nodePrefix: edge-node }'])),
    )
    const whole = issueBody.replace('"cpu": 2', '"cpu": 4').replace('2000', '60000')
    expect((await post(full, whole)).statusCode).toBe(201)
    const refused = await post(full, whole)
    expect(refused.statusCode).toBe(409)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60)
    expect(refused.json<{ errors: unknown }>().errors).toEqual([
      { code: 's1', detail: 'Not edge-microdc: no node has room for it now.' },
    ])
  })

  it.each(['limit=0', 'limit=x', 'limit=1000', 'status=done'])('are not listed by ?%s', async query => {
    const answer = await app.inject(`/plan?${query}`)
    expect(answer.statusCode).toBe(422)
    expect(answer.json<{ errors: { parameter: string }[] }>().errors[0].parameter).toBe(query.split('=')[0])
  })
})

describe(`${malformed.length} malformed requests`, () => {
  it.each(malformed)('$title', async ({ body, type, status, pointers, says }) => {
    const answer = await post(app, body, type)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const problem = answer.json<{
      type: string
      title: string
      status: number
      instance: string
      errors?: { pointer: string }[]
    }>()
    expect(problem).toMatchObject({ status, instance: '/plan' })
    expect(problem.type).toMatch(/^urn:fabricdt:problem:[a-z-]+$/)
    expect((problem.errors ?? []).map(({ pointer }) => pointer).sort()).toEqual([...pointers].sort())
    expect(answer.body).toMatch(says)
    expect((await app.inject('/plan')).json<{ plans: Plan[] }>().plans).toEqual([])
  })
})

describe('paths and methods that are not there', () => {
  it('are told', async () => {
    expect((await app.inject('/plans')).json()).toMatchObject({ status: 404, instance: '/plans' })
    const put = await app.inject({ method: 'PUT', url: '/plan' })
    expect(put.statusCode).toBe(405)
    expect(put.headers.allow).toBe('GET, HEAD, POST')
  })
})

describe('the fabric and the strategies', () => {
  it('show what is held', async () => {
    interface Answer {
      clusters: { name: string; cpu: number; cpu_free: number }[]
    }
    const edge = async () => (await app.inject('/fabric')).json<Answer>().clusters.find(c => c.name === 'edge-microdc')!
    const before = await edge()
    expect(before.cpu_free).toBe(before.cpu)
    await post(app, issueBody)
    expect((await edge()).cpu_free).toBe(before.cpu - 2)
  })

  it('are the engine’s', async () => {
    const { strategies } = (await app.inject('/strategies')).json<{
      strategies: { name: string; aliases: string[] }[]
    }>()
    expect(strategies.find(({ name }) => name === 'greedy-latency')!.aliases).toEqual(['greedy'])
  })
})

describe('the service', () => {
  it('is alive, and ready until something is missing', async () => {
    let missing: string | null = null
    const other = await serverOf(bench, null, () => missing)
    expect((await other.inject('/healthz')).json()).toEqual({ status: 'ok' })
    expect((await other.inject('/readyz')).statusCode).toBe(200)
    missing = 'stopping'
    expect((await other.inject('/readyz')).statusCode).toBe(503)
    expect((await other.inject('/healthz')).statusCode).toBe(200)
  })

  it('counts', async () => {
    await post(app, issueBody)
    await post(app, issueBody.replace('greedy', 'made-up'))
    const { body } = await app.inject('/metrics')
    expect(body).toContain('fabricdt_plans_total{strategy="greedy-latency",result="planned"} 1')
    expect(body).toContain('fabricdt_plans_total{strategy="unknown",result="refused"} 1')
    expect(body).toContain('fabricdt_http_requests_total{method="POST",route="/plan",status="201"} 1')
    expect(body).toContain('fabricdt_plan_duration_seconds_count{strategy="greedy-latency"} 1')
    expect(body).toMatch(/fabricdt_cluster_nodes\{cluster="edge-microdc",zone="eu-1"\} 40/)
    expect(body).toContain('fabricdt_holds_active 1')
    // What the plan was made with is what it says.
    const [plan] = bench.planner.list({ limit: 1 }).plans
    const { latency_ms, energy_j } = plan.predicted
    const sampleOf = (name: string) => Number(new RegExp(`^fabricdt_${name} (\\S+)$`, 'm').exec(body)?.[1])
    const strategy = '{strategy="greedy-latency"}'
    expect(sampleOf(`plan_predicted_latency_seconds_sum${strategy}`)).toBe(latency_ms!.estimate / 1000)
    expect(sampleOf(`plan_predicted_energy_joules_total${strategy}`)).toBe(energy_j.estimate)
    expect(body).toContain('fabricdt_node_ready{cluster="edge-microdc",node="edge-node-01"} 1')
  })

  it('asks for its token, but not of probes', async () => {
    const guarded = await serverOf(bench, 'a-token-of-some-length')
    const get = (url: string, authorization?: string) =>
      guarded.inject({ url, ...(authorization === undefined ? {} : { headers: { authorization } }) })
    expect((await get('/healthz')).statusCode).toBe(200)
    for (const url of ['/fabric', '/metrics', '/docs/', '/nothing']) expect((await get(url)).statusCode).toBe(401)
    expect((await get('/fabric', 'Bearer wrong')).statusCode).toBe(401)
    expect((await get('/fabric', 'Bearer a-token-of-some-length')).statusCode).toBe(200)
    expect((await get('/fabric')).headers['www-authenticate']).toBe('Bearer')
  })
})
