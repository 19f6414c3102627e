/** What a dead runner left: failures that it had brought about, namespaces of its runs, fabrics that it had half made. */
import { type Cluster, connect } from './client.ts'
import { down } from './fabrics.ts'
import { findMeans } from './inject/index.ts'
import { Journal, type OpenStep } from './journal.ts'
import { isAlive } from './owner.ts'
import type { FabricState } from './state.ts'

export interface Leftover {
  readonly fabric: string
  /** In words: `namespace run-1 in edge-microdc`. */
  readonly what: string
  /** Puts it back or takes it away. Throws FabricdtError. */
  mend(): Promise<void>
}

/** Nothing is touched until `mend` is called; what a living runner is at is left to it. */
export function leftoversOf(state: FabricState, say: (line: string) => void): Leftover[] {
  if (state.phase !== 'up' || state.forRun === true) {
    if (isAlive(state.owner)) return []
    return [{ fabric: state.name, what: `a fabric that was ${words[state.phase]}`, mend: () => down(state, { say }) }]
  }
  const journal = new Journal(state.name)
  return journal
    .open()
    .filter(({ alive }) => !alive)
    .map(open => ({ fabric: state.name, what: textOf(open), mend: () => takeBack(open, state, journal) }))
}

const words = { making: 'half made', up: 'made for a run', 'taking away': 'half taken away' } as const

function textOf({ step }: OpenStep): string {
  const { name, nodes } = step.data as { name?: string; nodes?: string[] }
  const of = name ?? (nodes === undefined ? '' : `${nodes.length} node${nodes.length === 1 ? '' : 's'}`)
  return `${step.means} ${of} in ${step.cluster}`.replace('  ', ' ')
}

async function takeBack({ id, step }: OpenStep, state: FabricState, journal: Journal): Promise<void> {
  const handle = state.clusters.find(({ name }) => name === step.cluster)
  const means = findMeans(step.means)
  // A cluster that is not there any more has nothing to be put back.
  if (handle !== undefined && means !== undefined) {
    const cluster: Cluster = await connect(handle)
    try {
      await means.takeBack(step, cluster)
    } finally {
      cluster.close()
    }
  }
  journal.restored(id)
}
