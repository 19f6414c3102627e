/** An API server of pods that does as the test says: lists, watches, and everything that goes wrong with them. */
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { KubeObject } from '../../runner/clusters/paths.ts'
import type { ClusterHandle } from '../../runner/clusters/state.ts'

interface Change {
  version: number
  type: string
  object: KubeObject
}

export class FakeApi {
  readonly objects = new Map<string, KubeObject>()
  readonly requests: string[] = []
  /** Watches from before this version are refused with 410. */
  oldest = 0
  /** Answers the next requests with this status instead. */
  refuse: number[] = []
  private readonly changes: Change[] = []
  private readonly watches = new Set<ServerResponse>()
  private version = 1
  private server: Server | null = null
  private port = 0

  async start(): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response))
    await new Promise<void>(resolve => this.server!.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    const { server } = this
    this.server = null
    server?.closeAllConnections()
    await new Promise(resolve => server?.close(resolve) ?? resolve(undefined))
  }

  set(name: string, phase: string): void {
    const type = this.objects.has(name) ? 'MODIFIED' : 'ADDED'
    const metadata = { name, namespace: 'n', resourceVersion: String(++this.version) }
    const object = { apiVersion: 'v1', kind: 'Pod', metadata, status: { phase } }
    this.objects.set(name, object)
    this.push({ version: this.version, type, object })
  }

  remove(name: string): void {
    const object = this.objects.get(name)!
    this.objects.delete(name)
    const metadata = { ...object.metadata, resourceVersion: String(++this.version) }
    this.push({ version: this.version, type: 'DELETED', object: { ...object, metadata } })
  }

  bookmark(): void {
    const object = { metadata: { resourceVersion: String(++this.version) } }
    for (const watch of this.watches) watch.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`)
  }

  /** Ends all watches, in the middle of a line where `broken`. */
  cut(broken = false): void {
    for (const watch of this.watches) {
      if (broken) watch.write('{"type":"ADD')
      watch.destroy()
    }
    this.watches.clear()
  }

  forget(): void {
    this.oldest = this.version
  }

  get watching(): number {
    return this.watches.size
  }

  handle(folder: string): ClusterHandle {
    const kubeconfig = join(folder, 'kubeconfig')
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${this.port}`, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'u', user: { token: 'secret' } }],
      contexts: [{ name: 'fake', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'fake',
    }
    writeFileSync(kubeconfig, JSON.stringify(config))
    return { fabric: 'f', name: 'fake', provider: 'fake', kubeconfig, context: 'fake' }
  }

  private push(change: Change): void {
    this.changes.push(change)
    for (const watch of this.watches) watch.write(lineOf(change))
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://fake')
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    response.setHeader('content-type', 'application/json')
    const refused = this.refuse.shift()
    if (refused !== undefined) {
      response.statusCode = refused
      response.end(JSON.stringify({ kind: 'Status', reason: 'Because', message: `refused with ${refused}` }))
    } else if (url.searchParams.get('watch') === 'true')
      this.watch(Number(url.searchParams.get('resourceVersion')), response)
    else this.list(url, response)
  }

  private watch(from: number, response: ServerResponse): void {
    if (from < this.oldest) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`)
      return
    }
    response.flushHeaders()
    for (const change of this.changes) if (change.version > from) response.write(lineOf(change))
    this.watches.add(response)
  }

  private list(url: URL, response: ServerResponse): void {
    const all = [...this.objects.values()]
    const from = Number(url.searchParams.get('continue') ?? 0)
    const end = from + Number(url.searchParams.get('limit') ?? all.length)
    const metadata = { resourceVersion: String(this.version), ...(end < all.length ? { continue: String(end) } : {}) }
    response.end(JSON.stringify({ kind: 'PodList', metadata, items: all.slice(from, end) }))
  }
}

const lineOf = ({ type, object }: Change): string => `${JSON.stringify({ type, object })}\n`
