/** How the service is, for probes, Prometheus and people. */
import type { FastifyInstance } from 'fastify'
import { healthSchema } from '../schemas.ts'
import type { Services } from '../services.ts'

export function serviceRoutes(app: FastifyInstance, { metrics, notReady }: Services): void {
  const tags = ['service']
  const response = { 200: healthSchema, 503: healthSchema }
  app.get(
    '/healthz',
    { schema: { tags, summary: 'Whether the process is alive.', response: { 200: healthSchema } } },
    () => ({
      status: 'ok',
    }),
  )
  app.get('/readyz', { schema: { tags, summary: 'Whether it can plan.', response } }, (_request, reply) => {
    const missing = notReady()
    return reply.code(missing === null ? 200 : 503).send({ status: missing ?? 'ok' })
  })
  app.get(
    '/metrics',
    {
      schema: {
        tags,
        summary: 'Metrics for Prometheus.',
        response: { 200: { description: 'Text format.', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
    async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
}
