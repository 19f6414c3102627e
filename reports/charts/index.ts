/** The table of charts: one file, one line. A chart makes as many figures as the results have something to draw. */
import type { Results } from '../results.ts'
import { clusterLoad } from './cluster-load.ts'
import { deadlineMisses } from './deadline-misses.ts'
import { differences } from './differences.ts'
import type { Figure } from './figure.ts'
import { latencyCumulative, latencyTail } from './latency-curves.ts'
import { power } from './power.ts'
import { slowdownTail } from './slowdown-tail.ts'
import { utilisation } from './utilisation.ts'
import { waitTail } from './wait-tail.ts'
import { waitingJobs } from './waiting-jobs.ts'

export interface ChartEntry {
  readonly section: 'time' | 'load' | 'distributions' | 'differences'
  readonly figures: (results: Results) => Figure[]
}

/** In the order of the page. */
export const charts: readonly ChartEntry[] = [
  { section: 'time', figures: deadlineMisses },
  { section: 'time', figures: waitingJobs },
  { section: 'time', figures: utilisation },
  { section: 'time', figures: power },
  { section: 'load', figures: clusterLoad },
  { section: 'distributions', figures: latencyCumulative },
  { section: 'distributions', figures: latencyTail },
  { section: 'distributions', figures: waitTail },
  { section: 'distributions', figures: slowdownTail },
  { section: 'differences', figures: differences },
]
