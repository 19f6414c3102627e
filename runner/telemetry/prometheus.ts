/** Questions to a Prometheus, each with an end: in time, and in what its answer may weigh. */
import type { Cluster } from '../clusters/client.ts'

/** How one is reached: by its address, or through the API server of the cluster that it runs in. */
export interface Prometheus {
  /** For a person. */
  readonly name: string
  /** Whose series it has; null: of any cluster. */
  readonly cluster: string | null
  /** Text of the answer to a GET. Throws Error where there is none within `timeoutMs`, or one that is too large. */
  ask(path: string, query: Readonly<Record<string, string>>, timeoutMs: number): Promise<string>
}

export interface Sample {
  readonly atMs: number
  readonly value: number
}

export interface PrometheusSeries {
  readonly labels: Readonly<Record<string, string>>
  /** By time. */
  readonly samples: readonly Sample[]
}

/** An answer that takes longer is not waited for. */
const timeoutMs = 10_000

/** A larger one is not read. */
const mostBytes = 64 * 2 ** 20

/** By its address, such as http://127.0.0.1:9090. */
export const prometheusAt = (url: string, most = mostBytes): Prometheus => ({
  name: `Prometheus at ${url}`,
  cluster: null,
  async ask(path, query, withinMs) {
    const target = new URL(`${url.replace(/\/+$/, '')}${path}`)
    for (const [key, value] of Object.entries(query)) target.searchParams.set(key, value)
    const answer = await fetch(target, { signal: AbortSignal.timeout(withinMs), redirect: 'error' })
    return await textOf(answer, most)
  },
})

/** A service of a cluster, through its API server: nothing else of the cluster must be reachable. */
export const prometheusIn = (cluster: Cluster, service: string): Prometheus => ({
  name: `Prometheus in ${cluster.handle.name} (${service})`,
  cluster: cluster.handle.name,
  async ask(path, query, withinMs) {
    const [namespace, name] = service.split('/')
    const at = `/api/v1/namespaces/${namespace}/services/${name}/proxy${path}`
    const answer = await cluster.call<unknown>('GET', at, { query, timeoutMs: withinMs })
    return typeof answer === 'string' ? answer : JSON.stringify(answer)
  },
})

async function textOf(answer: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  // What is wrong with a question is told in the body of a 400 or 422.
  if (!answer.ok && ![400, 422].includes(answer.status)) throw new Error(`HTTP ${answer.status}`)
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk as Uint8Array)
    bytes += (chunk as Uint8Array).byteLength
    if (bytes > most) throw new Error(`its answer is larger than ${most} bytes`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Of a question at an instant: one sample a series, or all of those that a range selector names. Throws Error. */
export async function queryPrometheus(
  prometheus: Prometheus,
  query: string,
  atMs: number,
  withinMs = timeoutMs,
): Promise<PrometheusSeries[]> {
  const asked = { query, time: String(atMs / 1000), timeout: `${withinMs}ms` }
  return seriesOf(await prometheus.ask('/api/v1/query', asked, withinMs))
}

/** Of a question at each instant of a time. Throws Error. */
export async function queryPrometheusRange(
  prometheus: Prometheus,
  query: string,
  { fromMs, toMs, stepS }: { fromMs: number; toMs: number; stepS: number },
  withinMs = timeoutMs,
): Promise<PrometheusSeries[]> {
  const times = { start: String(fromMs / 1000), end: String(toMs / 1000), step: String(stepS) }
  return seriesOf(await prometheus.ask('/api/v1/query_range', { query, ...times, timeout: `${withinMs}ms` }, withinMs))
}

type Point = readonly [number, string]

interface Answer {
  readonly status?: string
  readonly error?: string
  readonly data?: { readonly resultType?: string; readonly result?: unknown }
}

interface Told {
  readonly metric?: Readonly<Record<string, string>>
  readonly value?: Point
  readonly values?: readonly Point[]
}

function seriesOf(text: string): PrometheusSeries[] {
  const { status, error, data } = parsed(text)
  if (status !== 'success') throw new Error(error ?? 'its answer is none of Prometheus')
  if (!Array.isArray(data?.result) || !['vector', 'matrix'].includes(data.resultType ?? ''))
    throw new Error(`its answer is a ${data?.resultType ?? 'nothing'}`)
  return (data.result as Told[]).map(({ metric = {}, value, values = value === undefined ? [] : [value] }) => ({
    labels: metric,
    samples: values.map(([atS, told]) => ({ atMs: atS * 1000, value: Number(told) })),
  }))
}

function parsed(text: string): Answer {
  try {
    return JSON.parse(text) as Answer
  } catch {
    throw new Error(`its answer is no JSON: ${text.slice(0, 60)}`)
  }
}
