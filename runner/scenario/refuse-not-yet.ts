/** Finds what the table of `not-yet` names. */
import type { Path } from './document.ts'
import { type NotYet, notYet } from './not-yet.ts'
import type { Problems } from './problems.ts'
import { show } from './quantities.ts'

/** Reports everything that cannot be simulated yet and gives the paths of it. */
export function refuseNotYet(file: unknown, problems: Problems): Path[] {
  const found = notYet.flatMap(entry =>
    matches(file, entry.at.split('.'), [])
      .filter(({ value }) => entry.when?.(value) ?? true)
      .map(match => ({ ...match, entry })),
  )
  for (const { path, value, entry } of found)
    problems.add('not-yet', path, messageOf(path, value, entry), { key: entry.when === undefined })
  return found.map(({ path }) => path)
}

/** Names the field; the value where only some values cannot be simulated. */
function messageOf(path: Path, value: unknown, { what, when }: NotYet): string {
  const last = path.at(-1)
  const name = when !== undefined ? show(value) : typeof last === 'string' ? `“${last}”` : ''
  return `${name === '' ? '' : `${name}: `}${what} cannot be simulated yet`
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
