/** How much came together over a time: from a counter that only grows, or from a gauge of what flows. */
import type { Sample } from './prometheus.ts'

/** What is known of a time. */
export interface Amount {
  /** In the series' unit, scaled up from what is known of the time; NaN where that is too little. */
  readonly value: number
  /** Part of the time that the samples tell of, 0 … 1. */
  readonly known: number
  /** How often a counter began anew. */
  readonly resets: number
}

/** With less of the time known than this, what is missing is not made up. */
const leastKnown = 0.95

/** Samples further apart than so many times the usual are a gap, of which a gauge tells nothing. */
const gapFactor = 3

interface Span {
  readonly fromMs: number
  readonly toMs: number
  /** null: it is not known. */
  readonly amount: number | null
}

/**
 * What a counter grew by. A counter that shrinks began anew in between: what it had counted until then and what it has counted
 * since are known only in part, so that this time counts as unknown.
 */
export function countedOver(samples: readonly Sample[], fromMs: number, toMs: number): Amount {
  const spans = spansOf(samples, (a, b) => (b.value < a.value ? null : b.value - a.value))
  const resets = spans.filter(({ amount, ...span }) => amount === null && overlap(span, fromMs, toMs) > 0).length
  return { ...amountOf(spans, fromMs, toMs), resets }
}

/** The integral of a gauge over seconds, linear between its samples; what lies in a gap between them is not known. */
export function flowedOver(samples: readonly Sample[], fromMs: number, toMs: number): Amount {
  const longestMs = gapFactor * usualMs(samples)
  const spans = spansOf(samples, (a, b) =>
    b.atMs - a.atMs > longestMs ? null : ((a.value + b.value) / 2) * ((b.atMs - a.atMs) / 1000),
  )
  return { ...amountOf(spans, fromMs, toMs), resets: 0 }
}

/** What a counter counted that was born at 0 with what it counts; a lower bound where it began anew. */
export function countedInAll(samples: readonly Sample[]): number {
  const those = samples.filter(({ value }) => Number.isFinite(value))
  return those.reduce((sum, { value }, i) => {
    const before = those[i - 1]?.value ?? 0
    return sum + (value < before ? value : value - before)
  }, 0)
}

/** The integral of a gauge over all that its samples tell of; a lower bound, for what it flowed before and after. */
export function flowedInAll(samples: readonly Sample[]): number {
  return spansOf(samples, (a, b) => ((a.value + b.value) / 2) * ((b.atMs - a.atMs) / 1000)).reduce(
    (sum, { amount }) => sum + (amount ?? 0),
    0,
  )
}

function spansOf(samples: readonly Sample[], amount: (a: Sample, b: Sample) => number | null): Span[] {
  const those = samples.filter(({ value }) => Number.isFinite(value))
  return those.slice(1).map((b, i) => ({ fromMs: those[i].atMs, toMs: b.atMs, amount: amount(those[i], b) }))
}

/** What lies at the edges of the time is shared out evenly. */
function amountOf(spans: readonly Span[], fromMs: number, toMs: number): Pick<Amount, 'value' | 'known'> {
  let sum = 0
  let knownMs = 0
  for (const span of spans) {
    const insideMs = overlap(span, fromMs, toMs)
    if (span.amount === null || insideMs <= 0) continue
    sum += span.amount * (insideMs / (span.toMs - span.fromMs))
    knownMs += insideMs
  }
  const known = Math.min(1, knownMs / (toMs - fromMs))
  return { value: known >= leastKnown ? sum / known : Number.NaN, known }
}

const overlap = (span: Pick<Span, 'fromMs' | 'toMs'>, fromMs: number, toMs: number): number =>
  Math.max(0, Math.min(span.toMs, toMs) - Math.max(span.fromMs, fromMs))

/** The median time between samples. */
function usualMs(samples: readonly Sample[]): number {
  const apart = samples.slice(1).map(({ atMs }, i) => atMs - samples[i].atMs)
  apart.sort((a, b) => a - b)
  return apart[Math.floor(apart.length / 2)] ?? 0
}
