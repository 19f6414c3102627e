/** The fabric that a scenario is executed on: one that is up, or one that is made for the run and taken away with it. */
import type { FabricPlan } from '../clusters/fabric-plan.ts'
import { down, up } from '../clusters/fabrics.ts'
import { isAlive } from '../clusters/owner.ts'
import type { Provider } from '../clusters/provider.ts'
import { providerNamed } from '../clusters/providers/named.ts'
import { type FabricState, readFabric } from '../clusters/state.ts'
import { FabricdtError } from '../errors.ts'

export interface Fabric {
  readonly state: FabricState
  readonly provider: Provider
  /** Takes it away if it was made for the run. Throws FabricdtError `cluster-failed`. */
  release(): Promise<void>
}

export interface FabricWanted {
  /** What was asked for; null: that of the fabric that is up, or else what the scenario declares. */
  readonly provider: string | null
  readonly declared: string
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** The fabric under the plan's name. Throws FabricdtError `fabric-differs`, `cluster-failed`, `usage`, or as `up`. */
export async function fabricFor(plan: FabricPlan, { provider, declared, say, signal }: FabricWanted): Promise<Fabric> {
  const state = readFabric(plan.name)
  const wanted = providerNamed(provider ?? state?.provider ?? declared)
  if (state !== null) {
    requireSame(state, plan, wanted)
    return { state, provider: wanted, release: async () => {} }
  }
  say(`making ${plan.clusters.length} clusters by ${wanted.name}`)
  await up(plan, wanted, { say, signal, forRun: true })
  const made = readFabric(plan.name)!
  return {
    state: made,
    provider: wanted,
    release: () => {
      say(`taking ${plan.name} away`)
      return down(made, { say: () => {} })
    },
  }
}

function requireSame(
  { name, phase, plan: there, provider: made, forRun, owner }: FabricState,
  plan: FabricPlan,
  wanted: Provider,
): void {
  if (phase !== 'up')
    throw new FabricdtError('cluster-failed', `fabric ${name} is not up: its last runner was ${phase} it`)
  if (forRun === true)
    throw new FabricdtError('cluster-failed', `fabric ${name} was made for another run`, {
      hint: isAlive(owner) ? 'Wait until that has ended.' : 'That was killed: `fabricdt-run recover` takes it away.',
    })
  if (made !== wanted.name)
    throw new FabricdtError('fabric-differs', `fabric ${name} was made by ${made}, not by ${wanted.name}`)
  if (shapeOf(there) !== shapeOf(plan))
    throw new FabricdtError('fabric-differs', `fabric ${name} is up with other clusters or nodes than the scenario’s`)
}

/** All that a run depends on. */
const shapeOf = ({ clusters, scaling }: FabricPlan): string =>
  JSON.stringify([
    scaling,
    clusters.map(({ name, zone, arch, nodes, scaled, coreMilli }) => [name, zone, arch, nodes, scaled, coreMilli]),
  ])
