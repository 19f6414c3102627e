import { resolve } from 'node:path'
import { findPolicy, type PolicyEntry, policies } from '../../engine/index.ts'
import { FabricdtError } from '../errors.ts'
import { suggest } from '../scenario/suggest.ts'
import { isOwnPolicy, ownPolicy } from './own-policy.ts'

/**
 * The policy that is asked for on the command line, by name or as a file. Throws FabricdtError `unknown-policy`, or as
 * `ownPolicy` does.
 */
export function askedPolicy(asked: string): PolicyEntry {
  const entry = isOwnPolicy(asked) ? ownPolicy(resolve(asked)).entry : findPolicy(asked)
  if (entry !== undefined) return entry
  const names = policies.map(({ name }) => name)
  throw new FabricdtError('unknown-policy', `there is no policy “${asked}”`, { hint: suggest(asked, names, '') })
}
