import { findMetric, type Metric, metrics } from '../../../engine/metrics.ts'
import { type ConditionParts, conditionText, parseCondition } from '../condition-text.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { readAmount } from '../expectation-text.ts'
import { QuantityError, show } from '../quantities.ts'
import type { ScenarioCondition } from '../scenario.ts'
import { suggest } from '../suggest.ts'
import type { ConditionView } from '../view.ts'

const observable = metrics.filter(metric => metric.observe !== undefined).map(metric => metric.name)

/** A condition with its limit in the metric's unit; what is wrong with it is reported. */
export function resolveCondition(
  view: ConditionView | undefined,
  path: Path,
  context: Context,
): ScenarioCondition | undefined {
  if (view === undefined) return undefined
  const parts = typeof view === 'string' ? fromText(view, path, context) : fromFields(view)
  if (parts === undefined) return undefined
  const inside = (field: string): Path => (typeof view === 'string' ? path : [...path, field])
  const metric = metricOf(parts.metric, inside('metric'), context)
  const value = metric && limitOf(metric, parts.value, inside('value'), context)
  const hold = inside('for')
  const holdS = parts.for === null ? 0 : context.read('duration', parts.for, hold)
  if (metric === undefined || value === undefined || holdS === undefined) return undefined
  return { text: conditionText(parts), metric: metric.name, of: parts.of, op: parts.op, value, holdS }
}

function metricOf(name: string, path: Path, { problems }: Context): Metric | undefined {
  const metric = findMetric(name)
  if (metric?.observe !== undefined) return metric
  const message =
    metric === undefined ? `there is no metric “${name}”` : `“${name}” cannot be observed while a run goes on`
  const list = `One can observe ${observable.join(', ')}.`
  const near = suggest(name, observable, '')
  problems.add('unknown-metric', path, message, { hint: near.startsWith('Did') ? `${near} ${list}` : list })
  return undefined
}

function fromText(text: string, path: Path, context: Context): ConditionParts | undefined {
  const parts = parseCondition(text)
  if (parts === undefined)
    context.problems.add('bad-condition', path, `${show(text)} is not of the form \`metric > value for time\``)
  return parts
}

const fromFields = (view: Exclude<ConditionView, string>): ConditionParts | undefined =>
  view.metric === undefined || view.op === undefined || view.value === undefined
    ? undefined
    : { metric: view.metric, of: view.of ?? null, op: view.op, value: view.value, for: view.for ?? null }

function limitOf(metric: Metric, value: string | number, path: Path, context: Context): number | undefined {
  try {
    return readAmount(metric, value)
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    context.problems.add(error.code, path, `${metric.name}: ${error.message}`, { hint: error.hint })
    return undefined
  }
}
