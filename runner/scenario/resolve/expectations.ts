import { findMetric, metrics } from '../../../engine/metrics.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { ExpectationDraft } from '../draft.ts'
import { type ExpectationParts, expectationText, parseExpectation, readLimit } from '../expectation-text.ts'
import { QuantityError, show } from '../quantities.ts'
import { suggest } from '../suggest.ts'
import type { ExpectationView } from '../view.ts'

/** Expectations with their limits in the metrics' units; what is wrong with one is reported. */
export const resolveExpectations = (context: Context): (ExpectationDraft | undefined)[] =>
  (context.view.expect ?? []).map((view, i) =>
    view === undefined ? undefined : resolveExpectation(view, ['spec', 'expect', i], context),
  )

function resolveExpectation(view: ExpectationView, path: Path, context: Context): ExpectationDraft | undefined {
  const parts = typeof view === 'string' ? fromText(view, path, context) : fromFields(view)
  if (parts === undefined) return undefined
  const inside = (field: string): Path => (typeof view === 'string' ? path : [...path, field])
  const metric = findMetric(parts.metric)
  if (metric === undefined) {
    context.problems.add('unknown-metric', inside('metric'), `there is no metric “${parts.metric}”`, {
      hint: suggestMetric(parts.metric),
    })
    return undefined
  }
  const { file, line, column } = context.document.locate(path)
  return {
    text: typeof view === 'string' ? view.trim() : expectationText(parts),
    metric: metric.name,
    of: parts.of,
    op: parts.op,
    value: limitOf(metric, parts.value, inside('value'), context),
    policy: typeof view === 'string' ? null : (view.policy ?? null),
    severity: typeof view === 'string' ? 'fail' : (view.severity ?? 'fail'),
    at: { file, line, column },
  }
}

const suggestMetric = (name: string): string =>
  suggest(
    name,
    metrics.map(metric => metric.name),
    `Use one of ${metrics.map(metric => metric.name).join(', ')}.`,
  )

function fromText(text: string, path: Path, context: Context): ExpectationParts | undefined {
  const parts = parseExpectation(text)
  if (parts === undefined)
    context.problems.add('bad-expectation', path, `${show(text)} is not of the form \`metric < value\``)
  else if (/\bfor\b/.test(String(parts.value))) {
    context.problems.add('not-yet', path, '“for”: expectations over a time cannot be simulated yet')
    return undefined
  }
  return parts
}

function fromFields({ metric, of, op, value }: Exclude<ExpectationView, string>): ExpectationParts | undefined {
  return metric === undefined || op === undefined || value === undefined
    ? undefined
    : { metric, of: of ?? null, op, value }
}

function limitOf(
  metric: NonNullable<ReturnType<typeof findMetric>>,
  value: string | number,
  path: Path,
  context: Context,
): number | undefined {
  try {
    return readLimit(metric, value)
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    context.problems.add(error.code, path, `${metric.name}: ${error.message}`, { hint: error.hint })
    return undefined
  }
}
