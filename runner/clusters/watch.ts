/**
 * What happens to the objects of a cluster, without gaps: a list, then a watch from there on with bookmarks. A watch that
 * ends, breaks or falls silent is taken up where it stopped; where the server has forgotten that place (410) the objects
 * are listed anew and told by what has changed, so that nothing that lasts is missed. It goes on until it is stopped: who
 * waits for something to happen must bound that himself, by `heardMs`.
 */
import { ApiError, isStatus } from './api-error.ts'
import type { Cluster } from './client.ts'
import type { KubeObject } from './paths.ts'
import { backoffMs, pause } from './pause.ts'
import { linesOf, type StreamLine } from './watch-stream.ts'

export interface WatchEvent<T> {
  readonly type: 'added' | 'modified' | 'deleted'
  /** As it is now; of what is gone, as it was last. */
  readonly object: T
  /** When it was received, ms since the epoch: the server's own times are whole seconds. */
  readonly receiptMs: number
  /** From a list and not as it happened: it may have happened at any time since the last event. */
  readonly late: boolean
}

/** Why events may come late. `gone` is a 410: objects are listed anew. */
export interface WatchTrouble {
  readonly kind: 'broken' | 'silent' | 'gone'
  readonly atMs: number
  readonly message: string
}

export interface WatchOptions<T> {
  readonly path: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  readonly onEvent: (event: WatchEvent<T>) => void
  readonly onTrouble?: (trouble: WatchTrouble) => void
  /** After so long without a word, bookmarks included, the connection is given up; servers send one a minute. */
  readonly silentMs?: number
}

export interface Watch {
  /** Resolves when the first list has been told; rejects when it is stopped before. */
  readonly listed: Promise<void>
  /** When the server was last heard of, ms since the epoch. */
  heardMs(): number
  /** No event comes afterwards. */
  stop(): void
}

/** How many objects are asked for at once. */
const page = 500

/** From the begin of a watch to the next. */
const leastMs = 500

export function watch<T extends KubeObject>(cluster: Cluster, options: WatchOptions<T>): Watch {
  const watcher = new Watcher<T>(cluster, options)
  const listed = watcher.run()
  // Who never asks need not hear that it was stopped.
  listed.catch(() => {})
  return { listed, heardMs: () => watcher.heardMs, stop: () => watcher.stop() }
}

class Watcher<T extends KubeObject> {
  heardMs = Date.now()
  private readonly cluster: Cluster
  private readonly options: WatchOptions<T>
  private readonly ended = new AbortController()
  private readonly known = new Map<string, T>()
  /** Where to go on; empty: list anew. */
  private version = ''
  private failures = 0

  constructor(cluster: Cluster, options: WatchOptions<T>) {
    this.cluster = cluster
    this.options = options
  }

  stop(): void {
    this.ended.abort(new Error('the watch was stopped'))
  }

  /** Resolves after the first list; what follows goes on by itself. */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { signal } = this.ended
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      void this.loop(resolve)
    })
  }

  private async loop(onListed: () => void): Promise<void> {
    const { signal } = this.ended
    while (!signal.aborted)
      try {
        if (this.version === '') await this.list()
        onListed()
        const startMs = performance.now()
        await this.follow()
        // A server that ends every watch at once shall not be asked without a pause.
        await pause(Math.max(0, leastMs - (performance.now() - startMs)), signal)
      } catch (error) {
        if (signal.aborted) return
        this.report(error)
        // Stopped while it waits: the loop ends.
        await pause(backoffMs(this.failures++), signal).catch(() => {})
      }
  }

  private async list(): Promise<void> {
    const found = new Map<string, T>()
    let token: string | undefined
    let version = ''
    do {
      const query = { ...this.selectors(), limit: page, continue: token }
      const { metadata, items } = await this.cluster.call<List<T>>('GET', this.options.path, {
        query,
        signal: this.ended.signal,
      })
      for (const item of items) found.set(keyOf(item), item)
      token = metadata.continue
      version = metadata.resourceVersion
    } while (token)
    const receiptMs = this.hear()
    for (const [key, object] of this.known) if (!found.has(key)) this.tell('deleted', object, receiptMs, true)
    for (const object of found.values()) {
      const before = this.known.get(keyOf(object))
      if (before?.metadata?.resourceVersion !== object.metadata?.resourceVersion)
        this.tell(before === undefined ? 'added' : 'modified', object, receiptMs, true)
    }
    this.version = version
  }

  /** One watch, until the server ends it. */
  private async follow(): Promise<void> {
    const query = {
      ...this.selectors(),
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion: this.version,
      // Spread, so that all watches do not end at once.
      timeoutSeconds: 240 + Math.floor(Math.random() * 60),
    }
    const answer = await this.cluster.open(this.options.path, { query, signal: this.ended.signal })
    for await (const [line, receiptMs] of linesOf(answer, this.options.silentMs ?? 100_000)) {
      this.failures = 0
      this.hear()
      this.take(line, receiptMs)
    }
  }

  private take({ type, object }: StreamLine, receiptMs: number): void {
    if (type === 'ERROR')
      throw new ApiError(
        this.cluster.handle.name,
        `watch ${this.options.path}`,
        object.code ?? 500,
        '',
        object.message ?? '',
      )
    if (type !== 'BOOKMARK') this.tell(types[type], object as T, receiptMs, false)
    this.version = object.metadata?.resourceVersion ?? this.version
  }

  private tell(type: WatchEvent<T>['type'], object: T, receiptMs: number, late: boolean): void {
    if (this.ended.signal.aborted) return
    if (type === 'deleted') this.known.delete(keyOf(object))
    else this.known.set(keyOf(object), object)
    this.options.onEvent({ type, object, receiptMs, late })
  }

  private report(error: unknown): void {
    const gone = isStatus(error, 410)
    if (gone) this.version = ''
    const kind = gone ? 'gone' : (error as NodeJS.ErrnoException).code === 'SILENT' ? 'silent' : 'broken'
    this.options.onTrouble?.({ kind, atMs: Date.now(), message: (error as Error).message })
  }

  private hear(): number {
    this.heardMs = Date.now()
    return this.heardMs
  }

  private selectors(): Record<string, string | undefined> {
    const { labelSelector, fieldSelector } = this.options
    return { labelSelector, fieldSelector }
  }
}

interface List<T> {
  metadata: { resourceVersion: string; continue?: string }
  items: T[]
}

const types = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const

const keyOf = ({ metadata }: KubeObject): string => `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`
