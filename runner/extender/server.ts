/** The extender over HTTP, as the kube-scheduler calls it. */
import { type FastifyInstance, fastify } from 'fastify'
import { Counter, Histogram, Registry } from 'prom-client'
import type { Extender } from './extender.ts'
import { type ExtenderArgs, namesOf } from './wire.ts'

export interface ExtenderServerOptions {
  readonly extender: Extender
  readonly log: NodeJS.WritableStream
  /** What is missing before it can answer; null: nothing. */
  readonly notReady: () => string | null
}

/** Where the scheduler has no names but whole nodes, some thousands of them come with each pod. */
const bodyLimit = 128 * 1024 * 1024

/** A server that does not listen yet. */
export function createExtenderServer({ extender, log, notReady }: ExtenderServerOptions): FastifyInstance {
  const app = fastify({ bodyLimit, forceCloseConnections: 'idle', logger: { level: 'warn', stream: log } })
  const registry = new Registry()
  const { seconds, nodes } = metricsOf(registry)
  app.post<{ Body: ExtenderArgs }>('/extender/filter', ({ body, log: requestLog }) => {
    const done = seconds.startTimer({ verb: 'filter' })
    try {
      const missing = notReady()
      if (missing !== null) return refusal(missing)
      const result = extender.filter(body)
      nodes.inc({ result: 'failed' }, Object.keys(result.FailedNodes).length)
      nodes.inc({ result: 'fitting' }, namesOf({ ...result, Pod: body.Pod }).length)
      return result
    } catch (error) {
      requestLog.error(error)
      return refusal((error as Error).message)
    } finally {
      done()
    }
  })
  app.post<{ Body: ExtenderArgs }>('/extender/prioritize', ({ body }) => {
    const done = seconds.startTimer({ verb: 'prioritize' })
    try {
      return extender.prioritize(body)
    } finally {
      done()
    }
  })
  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', (_request, reply) => {
    const missing = notReady()
    return reply.code(missing === null ? 200 : 503).send({ status: missing ?? 'ok' })
  })
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  return app
}

/** The scheduler says it of the pod, and comes again. */
const refusal = (why: string) => ({ Nodes: null, NodeNames: [], FailedNodes: {}, Error: `fabricdt: ${why}` })

function metricsOf(registry: Registry) {
  const registers = [registry]
  return {
    seconds: new Histogram({
      name: 'fabricdt_extender_duration_seconds',
      help: 'Time to answer the scheduler.',
      labelNames: ['verb'],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5],
      registers,
    }),
    nodes: new Counter({
      name: 'fabricdt_extender_nodes_total',
      help: 'Nodes that were asked about in filter, by result.',
      labelNames: ['result'],
      registers,
    }),
  }
}
