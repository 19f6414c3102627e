/** Takes fabrics away, and nothing that is not ours. */
import { down } from '../clusters/fabrics.ts'
import { Journal } from '../clusters/journal.ts'
import { isAlive } from '../clusters/owner.ts'
import { type FabricState, readFabric, readFabrics } from '../clusters/state.ts'
import { exits, FabricdtError } from '../errors.ts'

export interface DownFlags {
  all?: boolean
  /** Also while a runner is at work on it. */
  force?: boolean
  dryRun?: boolean
}

export async function runDown(names: readonly string[], flags: DownFlags): Promise<number> {
  const states = chosen(names, flags)
  if (states.length === 0) process.stdout.write('nothing of ours is there\n')
  for (const state of states) {
    const clusters = state.plan.clusters.map(({ name }) => name).join(', ')
    if (flags.dryRun === true) {
      process.stdout.write(`would take away ${state.name} (${state.provider}): ${clusters}\n`)
      continue
    }
    refuseBusy(state, flags)
    await down(state, { say: line => process.stderr.write(`${line}\n`) })
    process.stdout.write(`${state.name} is taken away: ${clusters}\n`)
  }
  return exits.ok
}

/** Throws FabricdtError `unknown-fabric`, or `usage` where it is not clear which is meant. */
function chosen(names: readonly string[], { all = false }: DownFlags): FabricState[] {
  const there = readFabrics()
  if (all || (names.length === 0 && there.length <= 1)) return there
  if (names.length === 0)
    throw new FabricdtError('usage', `which? ${there.map(({ name }) => name).join(', ')}`, {
      hint: 'Name the fabrics, or give --all.',
    })
  return names.map(name => {
    const state = readFabric(name)
    if (state === null) throw new FabricdtError('unknown-fabric', `there is no fabric ${name}`)
    return state
  })
}

function refuseBusy({ name, forRun, owner }: FabricState, { force = false }: DownFlags): void {
  const isBusy = new Journal(name).open().some(({ alive }) => alive) || (forRun === true && isAlive(owner))
  if (force || !isBusy) return
  throw new FabricdtError('cluster-failed', `a runner is at work on ${name}`, {
    hint: 'Let it come to its end, or end it first; --force takes the fabric away nevertheless.',
  })
}
