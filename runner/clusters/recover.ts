/** What a dead runner left: failures that it had brought about, namespaces of its runs, fabrics that it had half made. */
import { down } from './fabrics.ts'
import { Journal, type OpenStep } from './journal.ts'
import { isAlive } from './owner.ts'
import { putBack } from './put-back.ts'
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
    .map(open => ({
      fabric: state.name,
      what: textOf(open),
      mend: () => putBack(open, handleOf(state, open), journal),
    }))
}

const handleOf = ({ clusters }: FabricState, { step }: OpenStep) => clusters.find(({ name }) => name === step.cluster)

const words = { making: 'half made', up: 'made for a run', 'taking away': 'half taken away' } as const

function textOf({ step }: OpenStep): string {
  const { name, nodes } = step.data as { name?: string; nodes?: string[] }
  const of = name ?? (nodes === undefined ? '' : `${nodes.length} node${nodes.length === 1 ? '' : 's'}`)
  return `${step.means} ${of} in ${step.cluster}`.replace('  ', ' ')
}
