import { distributions } from '../../../engine/distributions.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Distribution } from '../scenario.ts'
import type { DurationView } from '../view.ts'

interface Plain {
  /** How a plain duration is read. */
  read: 'duration' | 'positiveDuration'
  /** What it stands for: always this long, or exponential with this mean. */
  kind: 'constant' | 'exponential'
}

/** A plain duration or a distribution; null where there is none, undefined where it cannot be read. */
export function resolveDuration(
  view: DurationView | undefined,
  path: Path,
  context: Context,
  plain: Plain = { read: 'duration', kind: 'constant' },
): Distribution | null | undefined {
  if (view === undefined) return context.says(path) ? undefined : null
  if (typeof view !== 'object') {
    const value = context.read(plain.read, view, path)
    if (value === undefined) return undefined
    return { kind: plain.kind, parameters: plain.kind === 'constant' ? { value } : { mean: value } }
  }
  const [kind, given] = Object.entries(view)[0] ?? []
  const entry = distributions.find(({ name }) => name === kind)
  if (kind === undefined || entry === undefined || given === undefined) return undefined
  const values = given as Readonly<Record<string, unknown>>
  const parameters = entry.parameters.map(({ name, kind: type, positive }): [string, number | undefined] => {
    const value = values[name]
    if (type === 'number') return [name, typeof value === 'number' ? value : undefined]
    return [name, context.read(positive ? 'positiveDuration' : 'duration', value, [...path, kind, name])]
  })
  if (parameters.some(([, value]) => value === undefined)) return undefined
  return { kind, parameters: Object.fromEntries(parameters as [string, number][]) }
}
