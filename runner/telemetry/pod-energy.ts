/** Joules of the pods of a run, from what Kepler or Scaphandre attributed to them. */
import { type PodMeter, podMeters } from './energy-meters.ts'
import type { Between } from './node-energy.ts'
import { type Prometheus, type PrometheusSeries, queryPrometheus } from './prometheus.ts'
import type { SeriesBook } from './series.ts'

/** A pod's in `book`, at its last sample; a sentence of what there is. Never throws: what could not be had is said. */
export async function podEnergy(
  prometheuses: readonly Prometheus[],
  { namespace, pods, book }: { namespace: string; pods: number; book: SeriesBook },
  { fromMs }: Between,
): Promise<string[]> {
  const sentences: string[] = []
  for (const prometheus of prometheuses)
    try {
      const series = await ofNamespace(prometheus, namespace, fromMs)
      const [meter, those] = firstOf(series)
      if (meter === null) continue
      const [joules, count] = keep(prometheus, meter, those, book)
      sentences.push(`${meter.source}: ${count} of ${pods} pods took ${Number(joules.toPrecision(4))} J`)
    } catch (error) {
      sentences.push(`${prometheus.name}: energy of pods was not to be had (${(error as Error).message})`)
    }
  return sentences
}

async function ofNamespace(prometheus: Prometheus, namespace: string, fromMs: number): Promise<PrometheusSeries[]> {
  const nowMs = Date.now()
  const overS = Math.ceil((nowMs - fromMs) / 1000) + 1
  const asked = new Map(podMeters.flatMap(({ metrics, namespaceLabel }) => metrics.map(name => [name, namespaceLabel])))
  const selectors = [...asked].map(([name, label]) => `${name}{${label}="${namespace}"}[${overS}s]`)
  const answers = await Promise.all(selectors.map(selector => queryPrometheus(prometheus, selector, nowMs)))
  return answers.flat()
}

/** The first meter that has any. */
function firstOf(series: readonly PrometheusSeries[]): [PodMeter | null, PrometheusSeries[]] {
  for (const meter of podMeters) {
    const those = series.filter(
      ({ labels }) => meter.metrics.includes(labels.__name__ ?? '') && (meter.holds?.(labels) ?? true),
    )
    if (those.length > 0) return [meter, those]
  }
  return [null, []]
}

/** Joules of all of them, and how many pods those are. */
function keep(
  prometheus: Prometheus,
  { total, joules, podLabel, source }: PodMeter,
  series: readonly PrometheusSeries[],
  book: SeriesBook,
): [number, number] {
  const pods = new Map<string, { value: number; atMs: number }>()
  for (const { labels, samples } of series) {
    const name = labels[podLabel] ?? ''
    const known = pods.get(name) ?? { value: 0, atMs: 0 }
    const atMs = Math.max(known.atMs, samples.at(-1)?.atMs ?? 0)
    pods.set(name, { value: known.value + total(samples) * joules, atMs })
  }
  const receiptMs = Date.now()
  for (const [name, point] of pods)
    book.add(
      {
        source: source.split(' ')[0].toLowerCase(),
        cluster: prometheus.cluster ?? '',
        kind: 'pod',
        name,
        metric: 'energy',
        unit: 'J',
      },
      { ...point, receiptMs },
    )
  return [[...pods.values()].reduce((sum, { value }) => sum + value, 0), pods.size]
}
