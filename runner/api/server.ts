/** The planner's REST interface: routes, their description, and what answers when something is wrong. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { type FastifyInstance, fastify } from 'fastify'
import { FabricdtError } from '../errors.ts'
import type { Planner } from '../plan/planner.ts'
import { isAllowed } from './auth.ts'
import { Metrics } from './metrics.ts'
import { problem, problemOf } from './problem-details.ts'
import { allowedMethods, type KnownRoute } from './routes/allowed.ts'
import { fabricRoutes } from './routes/fabric.ts'
import { planRoutes } from './routes/plans.ts'
import { serviceRoutes } from './routes/service.ts'

export interface ServerOptions {
  readonly planner: Planner
  readonly version: string
  /** Null: nobody is asked for one. */
  readonly token: string | null
  /** Line by line, JSON. */
  readonly log: NodeJS.WritableStream
  readonly logLevel: 'info' | 'warn' | 'error'
  readonly notReady: () => string | null
}

/** A job of 64 stages with all fields is some 40 KB. */
const bodyLimit = 256 * 1024

/** A server that does not listen yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { planner, token, version } = options
  const app = fastify({
    bodyLimit,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true },
    logger: { level: options.logLevel, stream: options.log },
  })
  const metrics = new Metrics(planner)
  // Requests are checked where they are used, with places and hints; schemas here are the description.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => data => JSON.stringify(data))
  const routes: KnownRoute[] = []
  app.addHook('onRoute', ({ method, url }) => void routes.push({ methods: [method].flat(), url }))
  app.addHook('onRequest', async (request, reply) => {
    if (isAllowed(request, token)) return
    reply.header('www-authenticate', 'Bearer')
    await reply
      .code(401)
      .type(problemType)
      .send(problem(401, 'token', 'give the token as `Authorization: Bearer …`'))
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.requests.inc({ method: request.method, route, status: String(reply.statusCode) })
  })
  readJson(app)
  answerProblems(app, routes)
  await app.register(swagger, { openapi: description(version, token !== null) })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: pagePolicy,
    uiConfig: { deepLinking: true, validatorUrl: null },
  })
  const services = { planner, metrics, notReady: options.notReady }
  planRoutes(app, services)
  fabricRoutes(app, services)
  serviceRoutes(app, services)
  return app
}

/** The page takes nothing from elsewhere. Swagger UI writes styles into its elements. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const problemType = 'application/problem+json'

/** JSON is all that is taken. As Fastify reads it, which refuses what would change prototypes; but errors say where. */
function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Some clients name the type of nothing.
    if (body === '') return done(null, null)
    parse(request, body, (error, value) => done(error === null ? null : notJson(body), value))
  })
}

function notJson(body: string): Error {
  try {
    JSON.parse(body)
  } catch (error) {
    return new FabricdtError('not-json', (error as Error).message)
  }
  return new FabricdtError('not-json', 'keys such as __proto__ are not taken')
}

function answerProblems(app: FastifyInstance, routes: readonly KnownRoute[]): void {
  app.setErrorHandler((error, request, reply) => {
    const details = problemOf(error)
    if (details.status >= 500) request.log.error(error)
    const retryMs = (error as { retryMs?: number }).retryMs
    if (retryMs !== undefined && Number.isFinite(retryMs)) reply.header('retry-after', Math.ceil(retryMs / 1000))
    return reply
      .code(details.status)
      .type(problemType)
      .send({ ...details, instance: request.url })
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]
    const methods = allowedMethods(routes, path)
    const details =
      methods.length === 0
        ? problem(404, 'unknown-route', `there is no ${path}: see /docs`)
        : problem(405, 'method', `${path} takes ${methods.join(', ')}, not ${request.method}`)
    if (methods.length > 0) reply.header('allow', methods.join(', '))
    return reply
      .code(details.status)
      .type(problemType)
      .send({ ...details, instance: request.url })
  })
}

const description = (version: string, hasToken: boolean) => ({
  openapi: '3.1.0',
  info: {
    title: 'fabricdt planner',
    version,
    description: 'Where a job should go on a fabric of Kubernetes clusters, and how it will fare there.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  tags: [
    { name: 'plans', description: 'Plans of jobs.' },
    { name: 'fabric', description: 'What is planned on, and by what.' },
    { name: 'service', description: 'How the service is.' },
  ],
  ...(hasToken
    ? {
        components: { securitySchemes: { token: { type: 'http' as const, scheme: 'bearer' } } },
        security: [{ token: [] }],
      }
    : {}),
})
