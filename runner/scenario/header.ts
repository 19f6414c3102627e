/** Whether a file is a scenario of a version that can be read: if not, nothing else about it is worth saying. */
import { errors } from '../errors.ts'
import type { Problems } from './problems.ts'
import { show } from './quantities.ts'
import { nearest } from './suggest.ts'
import { at } from './view.ts'

export const apiVersion = 'fabricdt.io/v1alpha1'

export function checkHeader(file: unknown, problems: Problems): boolean {
  const version = at(file, ['apiVersion'])
  const kind = at(file, ['kind'])
  if (file === null || typeof file !== 'object' || Array.isArray(file))
    problems.add('not-a-scenario', [], 'the file holds no mapping')
  else if (version === undefined) problems.add('not-a-scenario', [], 'the file has no apiVersion')
  else if (typeof version !== 'string' || !isOurs(version))
    problems.add('not-a-scenario', ['apiVersion'], `apiVersion ${show(version)} is not ${apiVersion}`)
  else if (version !== apiVersion)
    problems.add('unknown-version', ['apiVersion'], `apiVersion ${show(version)} is not known`, {
      hint: migration(version),
    })
  else if (kind === undefined)
    problems.add('missing-field', [], 'the scenario lacks “kind”', { hint: 'Add `kind: Scenario`.' })
  else if (kind !== 'Scenario')
    problems.add('not-a-scenario', ['kind'], `kind ${show(kind)} is not Scenario`, { hint: kindHint(kind) })
  else return true
  return false
}

/** Another version of this format, or a slip in writing this one. */
const isOurs = (version: string): boolean =>
  version.startsWith('fabricdt.io/') || nearest(version, [apiVersion]) !== undefined

function migration(version: string): string {
  if (!version.startsWith('fabricdt.io/')) return `Did you mean “${apiVersion}”?`
  if (/^fabricdt\.io\/results\./.test(version))
    return 'This is a file of results: `fabricdt-run report FOLDER` renders it.'
  return errors['unknown-version'].hint
}

const kindHint = (kind: unknown): string =>
  nearest(String(kind), ['Scenario']) === undefined ? errors['not-a-scenario'].hint : 'Did you mean “Scenario”?'
