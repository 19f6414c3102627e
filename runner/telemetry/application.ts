/** How an application fared over a run, by the metrics that it shows to a Prometheus itself. */
import type { Between } from './node-energy.ts'
import { type Prometheus, type PrometheusSeries, queryPrometheus, queryPrometheusRange } from './prometheus.ts'
import type { SeriesBook } from './series.ts'

/** Names of its metrics. */
export interface ApplicationMetrics {
  /** A histogram of what requests take. */
  readonly latency: string
  /** A counter of requests. */
  readonly requests: string
  /** Which of those are errors: a matcher of a label. */
  readonly errors: string
  /** Which series are the application's: matchers of labels; empty: all. */
  readonly selector: string
}

/** null: it is not known. */
export interface ApplicationFigures {
  readonly p95S: number | null
  readonly requestsPerS: number | null
  readonly errorShare: number | null
  /** By whom. */
  readonly source: string
}

export interface ApplicationFound {
  /** null: there was nothing of it. */
  readonly figures: ApplicationFigures | null
  readonly sentences: readonly string[]
}

type Named = 'p95' | 'requests' | 'errors'

/** Never throws: what could not be had is said. Its course goes into `book`. Of the first Prometheus that knows of it. */
export async function applicationFigures(
  prometheuses: readonly Prometheus[],
  metrics: ApplicationMetrics,
  between: Between,
  book: SeriesBook,
): Promise<ApplicationFound> {
  const sentences: string[] = []
  for (const prometheus of prometheuses) {
    const values = new Map<Named, number>()
    for (const [name, { of, query, factor }] of Object.entries(questions(metrics)) as [Named, Question][])
      try {
        const overS = Math.max(1, Math.ceil((between.toMs - between.fromMs) / 1000))
        const value = lastOf(await queryPrometheus(prometheus, query(overS), between.toMs))
        if (value === null) sentences.push(`${prometheus.name}: it has nothing of ${of}`)
        else values.set(name, value * factor)
        if (value !== null) await keepCourse(prometheus, name, { query, factor }, between, book)
      } catch (error) {
        sentences.push(`${prometheus.name}: ${of} was not to be had (${(error as Error).message})`)
      }
    const read = (name: Named) => values.get(name) ?? null
    if (values.size === 0) continue
    const figures = { p95S: read('p95'), requestsPerS: read('requests'), errorShare: read('errors') }
    return { figures: { ...figures, source: prometheus.name }, sentences }
  }
  return { figures: null, sentences }
}

interface Question {
  /** What it is about. */
  readonly of: string
  /** Over so many seconds. */
  readonly query: (overS: number) => string
  /** To seconds, requests a second and parts of 1. */
  readonly factor: number
}

/** Rates of counters: Prometheus itself makes up for those that began anew. */
function questions({ latency, requests, errors, selector }: ApplicationMetrics): Record<Named, Question> {
  const matching = (more: string) => `{${[selector, more].filter(Boolean).join(', ')}}`
  const rate = (metric: string, more: string, overS: number) => `sum(rate(${metric}${matching(more)}[${overS}s]))`
  return {
    p95: {
      of: `${latency}_bucket`,
      query: overS => `histogram_quantile(0.95, sum by (le) (rate(${latency}_bucket${matching('')}[${overS}s])))`,
      factor: secondsOf(latency),
    },
    requests: { of: requests, query: overS => rate(requests, '', overS), factor: 1 },
    errors: {
      of: requests,
      // Without a single error there is no series of them.
      query: overS => `(${rate(requests, errors, overS)} or vector(0)) / ${rate(requests, '', overS)}`,
      factor: 1,
    },
  }
}

/** By the unit that the name ends in, as Prometheus wants it; seconds where it names none. */
function secondsOf(metric: string): number {
  if (/_(milliseconds|millis|ms)$/.test(metric)) return 1e-3
  if (/_(microseconds|micros|us)$/.test(metric)) return 1e-6
  return 1
}

function lastOf(series: readonly PrometheusSeries[]): number | null {
  const value = series[0]?.samples.at(-1)?.value
  return value === undefined || !Number.isFinite(value) ? null : value
}

const units = { p95: 's', requests: '1/s', errors: '' } as const

/** At most 240 points, each over a minute at least. */
async function keepCourse(
  prometheus: Prometheus,
  name: Named,
  { query, factor }: Pick<Question, 'query' | 'factor'>,
  { fromMs, toMs }: Between,
  book: SeriesBook,
): Promise<void> {
  const stepS = Math.max(15, Math.ceil((toMs - fromMs) / 1000 / 240))
  const [series] = await queryPrometheusRange(prometheus, query(Math.max(60, 4 * stepS)), { fromMs, toMs, stepS })
  const receiptMs = Date.now()
  const of = {
    source: 'prometheus',
    cluster: prometheus.cluster ?? '',
    kind: 'application',
    name: 'application',
  } as const
  for (const { atMs, value } of series?.samples ?? [])
    book.add({ ...of, metric: name, unit: units[name] }, { atMs, receiptMs, value: value * factor })
}
