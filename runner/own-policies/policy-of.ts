import { basename } from 'node:path'
import { findPolicy, type PolicyEntry } from '../../engine/index.ts'
import { FabricdtError } from '../errors.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { ownPolicy } from './own-policy.ts'

/**
 * The entry of a scenario's policy, in whatever thread or process it is asked for. Throws FabricdtError as `ownPolicy`
 * does, and `policy-failed` where its file is no longer what the scenario was read with.
 */
export function policyOf({ name, own }: ScenarioPolicy): PolicyEntry {
  if (own !== undefined) return ownPolicyOf(own)
  const entry = findPolicy(name)
  if (entry === undefined) throw new FabricdtError('internal', `no policy ${name}`)
  return entry
}

function ownPolicyOf({ file, hash }: NonNullable<ScenarioPolicy['own']>): PolicyEntry {
  const own = ownPolicy(file)
  if (own.hash !== hash)
    throw new FabricdtError('policy-failed', `${basename(file)} has changed since the scenario was read`, {
      hint: 'Run it again.',
    })
  return own.entry
}
