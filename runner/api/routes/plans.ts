/** Plans: made, listed, looked at, executed, verified and forgotten. */
import type { FastifyInstance } from 'fastify'
import { NoRoomError } from '../../plan/no-room.ts'
import { type Plan, planStatuses } from '../../plan/plan.ts'
import { problem, RequestError } from '../../plan/problem.ts'
import { planRequestSchema } from '../../plan/request-schema.ts'
import { planPageSchema, planSchema, problemSchema, verificationSchema } from '../schemas.ts'
import type { Services } from '../services.ts'

const mostListed = 200
const problems = (...codes: number[]) => Object.fromEntries(codes.map(code => [code, problemSchema]))
const tags = ['plans']
const params = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }

export function planRoutes(app: FastifyInstance, services: Services): void {
  const { planner } = services
  app.post(
    '/plan',
    {
      schema: {
        tags,
        summary: 'Plans a job: where its stages go, and how it will fare.',
        body: planRequestSchema,
        response: { 201: planSchema, ...problems(400, 409, 413, 415, 422) },
      },
    },
    async (request, reply) => {
      const plan = await measured(request.body, services)
      return reply.code(201).header('location', `/plan/${plan.id}`).send(plan)
    },
  )
  app.get<{ Querystring: Record<string, string> }>(
    '/plan',
    {
      schema: {
        tags,
        summary: 'Lists plans, the latest first.',
        querystring: {
          type: 'object',
          properties: {
            limit: { type: 'integer', minimum: 1, maximum: mostListed, default: 50 },
            after: { type: 'string', description: '`next` of the page before.' },
            status: { type: 'string', enum: planStatuses },
            name: { type: 'string', description: 'Name of the job.' },
          },
        },
        response: { 200: planPageSchema, ...problems(422) },
      },
    },
    request => planner.list(pageOf(request.query)),
  )
  app.get<{ Params: { id: string } }>(
    '/plan/:id',
    { schema: { tags, summary: 'A plan.', params, response: { 200: planSchema, ...problems(404) } } },
    request => planner.get(request.params.id),
  )
  app.get<{ Params: { id: string } }>(
    '/plan/:id/verify',
    {
      schema: {
        tags,
        summary: 'What was predicted against what was observed.',
        params,
        response: { 200: verificationSchema, ...problems(404) },
      },
    },
    request => planner.verify(request.params.id),
  )
  app.post<{ Params: { id: string } }>(
    '/plan/:id/execute',
    {
      schema: {
        tags,
        summary: 'Runs the job of a plan on the clusters.',
        params,
        response: { 202: planSchema, ...problems(404, 409) },
      },
    },
    async (request, reply) => reply.code(202).send(await planner.execute(request.params.id)),
  )
  app.delete<{ Params: { id: string } }>(
    '/plan/:id',
    {
      schema: {
        tags,
        summary: 'Forgets a plan and gives back what it holds.',
        params,
        response: { 204: { type: 'null', description: 'Forgotten.' }, ...problems(404) },
      },
    },
    async (request, reply) => {
      await planner.remove(request.params.id)
      return reply.code(204).send()
    },
  )
}

async function measured(body: unknown, { planner, metrics }: Services): Promise<Plan> {
  const begin = performance.now()
  try {
    const plan = await planner.plan(body)
    metrics.planned(plan, (performance.now() - begin) / 1000)
    return plan
  } catch (error) {
    const result = error instanceof NoRoomError ? 'no-room' : error instanceof RequestError ? 'refused' : 'error'
    metrics.plans.inc({ strategy: strategyOf(body, planner), result })
    throw error
  }
}

/** Only names that there are: what clients make up would fill the metrics. */
const strategyOf = (body: unknown, { strategies }: Services['planner']): string =>
  strategies.find(String((body as { strategy?: unknown } | null)?.strategy ?? 'greedy-latency'))?.name ?? 'unknown'

function pageOf({ limit = '50', after, status, name }: Record<string, string | undefined>) {
  const count = Number(limit)
  if (!/^\d+$/.test(limit) || count < 1 || count > mostListed)
    throw new RequestError([
      problem('out-of-range', ['query', 'limit'], `limit: expected a whole number from 1 to ${mostListed}`, 'Mend it.'),
    ])
  if (status !== undefined && !planStatuses.includes(status as 'planned'))
    throw new RequestError([
      problem(
        'not-allowed',
        ['query', 'status'],
        `there is no status “${status}”`,
        `Allowed: ${planStatuses.join(', ')}.`,
      ),
    ])
  return { limit: count, after, status, name }
}
