import { formatDuration } from '../format/duration.ts'
import { formatCount } from '../format/number.ts'
import type { Results } from '../results.ts'

/** How to run it again, and whether the same came out. */
export function rerun({ scenario, run, resultsHash }: Results) {
  return {
    command: run.command,
    source: scenario.source,
    facts: [
      { name: 'Seed', value: String(scenario.seed), code: false },
      { name: 'Scenario hash', value: scenario.hash, code: true },
      { name: 'Results hash', value: resultsHash, code: true },
      { name: 'Version', value: `fabricdt-run ${run.version}`, code: false },
      {
        name: 'On',
        value: `Node ${run.node}, ${run.platform}, ${run.threads} ${run.threads === 1 ? 'thread' : 'threads'}`,
        code: false,
      },
      { name: 'Started', value: run.startedAt, code: false },
      {
        name: 'Took',
        value: `${formatDuration(run.wallS)}: ${formatCount(run.trials)} trials${run.reused > 0 ? ` (${formatCount(run.reused)} of them kept from before)` : ''}, ${formatCount(run.jobs)} jobs, ${formatCount(run.events)} events`,
        code: false,
      },
      { name: 'Run', value: run.id, code: true },
    ],
  }
}
