/** Finds what the table of `not-yet` names. */
import type { Path } from './document.ts'
import { type NotYet, notYet } from './not-yet.ts'
import type { Problems } from './problems.ts'

/** Reports everything that cannot be simulated yet and gives the paths of it. */
export function refuseNotYet(file: unknown, problems: Problems): Path[] {
  const found = notYet.flatMap(entry =>
    matches(file, entry.at.split('.'), [])
      .filter(match => entry.when?.(match.value) ?? true)
      .map(({ path }) => ({ path, entry })),
  )
  for (const { path, entry } of found) report(path, entry, problems)
  return found.map(({ path }) => path)
}

function report(path: Path, entry: NotYet, problems: Problems): void {
  const last = path.at(-1)
  const name = typeof last === 'string' ? `“${last}”: ` : ''
  problems.add('not-yet', path, `${name}${entry.what} cannot be simulated yet`, { key: entry.when === undefined })
}

function matches(value: unknown, steps: readonly string[], path: Path): { path: Path; value: unknown }[] {
  if (steps.length === 0) return [{ path, value }]
  if (value === null || typeof value !== 'object') return []
  const [step, ...rest] = steps
  const keys = step === '*' ? Object.keys(value) : step.split('|').filter(key => Object.hasOwn(value, key))
  return keys.flatMap(key => {
    const child = (value as Record<string, unknown>)[key]
    return matches(child, rest, [...path, Array.isArray(value) ? Number(key) : key])
  })
}
