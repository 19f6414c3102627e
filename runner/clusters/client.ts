/**
 * One cluster to talk to. @kubernetes/client-node reads kubeconfigs and credentials of every kind; requests go over one
 * keep-alive connection pool of our own, where that library makes a connection, and a TLS handshake, for each.
 */
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { Agent, request as requestHttps } from 'node:https'
import { FabricdtError } from '../errors.ts'
import { ApiError, apiError } from './api-error.ts'
import { type KubeObject, pathOfObject } from './paths.ts'
import { backoffMs, pause } from './pause.ts'
import type { ClusterHandle } from './state.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface CallOptions {
  readonly query?: Query
  readonly body?: unknown
  /** Of a PATCH; JSON merge patch where it is absent. */
  readonly contentType?: string
  /** Until the whole answer is there; 15 s where it is absent. */
  readonly timeoutMs?: number
  /** How long it may be tried again where the server does not answer or is not itself; not at all where it is absent. */
  readonly withinMs?: number
  readonly signal?: AbortSignal | undefined
  /** Address of this machine from which it is asked; absent: any. */
  readonly localAddress?: string
}

export interface Cluster {
  readonly handle: ClusterHandle
  /** Where its API server is. */
  readonly server: URL
  /** Throws ApiError, or the signal's reason. */
  call<T>(method: Method, path: string, options?: CallOptions): Promise<T>
  /** Server-side apply, strict. `dryRun`: only what the server would say to it. Throws ApiError. */
  apply<T extends KubeObject>(object: T, options?: CallOptions & { dryRun?: boolean }): Promise<T>
  /** The answer's stream, for watches and logs; `timeoutMs` until it begins. Throws ApiError. */
  open(path: string, options?: CallOptions): Promise<IncomingMessage>
  /** Closes its connections; calls under way fail. */
  close(): void
}

/** How we sign what we write. */
const fieldManager = 'fabricdt'

/** Credentials may be tokens that run out: they are asked for again after this. */
const credentialsMs = 60_000

/** Reads the handle's kubeconfig; nothing is asked of the server yet. Throws FabricdtError `cluster-failed`. */
export async function connect(handle: ClusterHandle): Promise<Cluster> {
  const connection = await Connection.to(handle)
  const call = <T>(method: Method, path: string, options: CallOptions = {}): Promise<T> =>
    withRetries(options, async () => {
      const { withinMs: _, ...once } = options
      return read<T>(await connection.send(method, path, once), handle.name, `${method} ${path}`)
    })
  return {
    handle,
    server: connection.base,
    call,
    apply: (object, { dryRun = false, ...options } = {}) =>
      call('PATCH', pathOfObject(object), {
        ...options,
        query: { fieldManager, force: true, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) },
        body: object,
        contentType: 'application/apply-patch+yaml',
      }),
    open: (path, options = {}) => connection.send('GET', path, { ...options, stream: true }),
    close: () => connection.close(),
  }
}

type SendOptions = CallOptions & { stream?: boolean }

class Connection {
  private readonly name: string
  readonly base: URL
  private readonly credentials: () => Promise<RequestOptions>
  private readonly agent: Agent
  private known: RequestOptions = {}
  private knownMs = Number.NEGATIVE_INFINITY

  private constructor(name: string, base: URL, credentials: () => Promise<RequestOptions>) {
    this.name = name
    this.base = base
    this.credentials = credentials
    // Watches keep one connection each; calls share the rest.
    this.agent = new Agent({ keepAlive: true, maxFreeSockets: 8 })
  }

  static async to({ name, kubeconfig, context }: ClusterHandle): Promise<Connection> {
    const { KubeConfig } = await import('@kubernetes/client-node')
    const config = new KubeConfig()
    try {
      config.loadFromFile(kubeconfig)
    } catch (cause) {
      throw new FabricdtError('cluster-failed', `cluster ${name}: cannot read ${kubeconfig}`, { cause })
    }
    config.setCurrentContext(context)
    const server = config.getCurrentCluster()?.server
    if (server === undefined)
      throw new FabricdtError('cluster-failed', `cluster ${name}: ${kubeconfig} has no context ${context}`)
    const proxied = config.getCurrentCluster()?.proxyUrl !== undefined
    return new Connection(name, new URL(server), async () => {
      const options: RequestOptions = {}
      await config.applyToHTTPSOptions(options)
      if (!proxied) delete options.agent
      return options
    })
  }

  /** The answer once its head is there; of a refusal the body is read and thrown. */
  async send(method: Method, path: string, options: SendOptions): Promise<IncomingMessage> {
    const what = `${method} ${path}`
    const answer = await this.dispatch(method, path, options).catch((error: NodeJS.ErrnoException) => {
      throw new ApiError(this.name, what, 0, error.code ?? error.name, error.message)
    })
    const status = answer.statusCode ?? 0
    if (status < 400) return answer
    throw apiError(this.name, what, status, await textOf(answer).catch(() => ''))
  }

  close(): void {
    this.agent.destroy()
  }

  private async dispatch(method: Method, path: string, options: SendOptions): Promise<IncomingMessage> {
    const url = new URL(this.base.pathname.replace(/\/$/, '') + path, this.base)
    for (const [key, value] of Object.entries(options.query ?? {}))
      if (value !== undefined) url.searchParams.set(key, String(value))
    const body = options.body === undefined ? undefined : JSON.stringify(options.body)
    const credentials = await this.fresh()
    const headers = {
      ...(credentials.headers as Record<string, string>),
      accept: 'application/json',
      ...contentOf(method, options, body),
    }
    const secure = url.protocol === 'https:'
    const request: RequestOptions = { ...(secure ? { agent: this.agent } : {}), ...credentials, method, headers }
    if (options.signal) request.signal = options.signal
    if (options.localAddress !== undefined) request.localAddress = options.localAddress
    return new Promise((resolve, reject) => {
      const sent = (secure ? requestHttps : requestHttp)(url, request, answer => {
        // A stream may last; anything else must have come whole in time.
        if (options.stream === true) clearTimeout(timer)
        answer.once('close', () => clearTimeout(timer))
        resolve(answer)
      })
      const timer = setTimeout(() => sent.destroy(timedOut()), options.timeoutMs ?? 15_000)
      sent.on('error', error => {
        clearTimeout(timer)
        reject(error)
      })
      sent.end(body)
    })
  }

  private async fresh(): Promise<RequestOptions> {
    if (performance.now() - this.knownMs > credentialsMs) {
      this.known = await this.credentials()
      this.knownMs = performance.now()
    }
    return this.known
  }
}

const timedOut = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })

function contentOf(method: Method, { contentType }: CallOptions, body: string | undefined): Record<string, string> {
  if (body === undefined) return {}
  const type = contentType ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json')
  return { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) }
}

async function read<T>(answer: IncomingMessage, cluster: string, what: string): Promise<T> {
  try {
    const text = await textOf(answer)
    return (answer.headers['content-type']?.includes('json') ? JSON.parse(text) : text) as T
  } catch (error) {
    throw new ApiError(cluster, what, 0, (error as NodeJS.ErrnoException).code ?? 'EPROTO', (error as Error).message)
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function withRetries<T>({ withinMs = 0, signal }: CallOptions, attempt: () => Promise<T>): Promise<T> {
  const endMs = performance.now() + withinMs
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      signal?.throwIfAborted()
      const waitMs = backoffMs(tries)
      if (!(error instanceof ApiError && error.passing) || performance.now() + waitMs > endMs) throw error
      await pause(waitMs, signal)
    }
  }
}
