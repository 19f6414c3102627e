/** The table of charts: one file, one line. A chart makes as many figures as the results have something to draw. */
import type { Results } from '../results.ts'
import { clusterLoad } from './cluster-load.ts'
import { deadlineMisses } from './deadline-misses.ts'
import { differences } from './differences.ts'
import type { Figure } from './figure.ts'
import { latencyCumulative, latencyTail } from './latency-curves.ts'
import { power } from './power.ts'
import { ranks } from './ranks.ts'
import { slowdownTail } from './slowdown-tail.ts'
import { differenceMaps } from './sweep/difference-maps.ts'
import { levelDifferences } from './sweep/level-differences.ts'
import { levelLines } from './sweep/level-lines.ts'
import { valueMaps } from './sweep/value-maps.ts'
import { winnerMaps } from './sweep/winner-maps.ts'
import { utilisation } from './utilisation.ts'
import { errorByCluster } from './verification/error-by-cluster.ts'
import { latencyTimeline } from './verification/latency-timeline.ts'
import { latencyScatter } from './verification/scatter.ts'
import { waitTail } from './wait-tail.ts'
import { waitingJobs } from './waiting-jobs.ts'

export interface ChartEntry {
  readonly section: 'verification' | 'sweep' | 'time' | 'load' | 'distributions' | 'differences'
  readonly figures: (results: Results) => Figure[]
}

/** Of one point, in the order of the page. */
export const charts: readonly ChartEntry[] = [
  { section: 'verification', figures: latencyScatter },
  { section: 'verification', figures: errorByCluster },
  { section: 'verification', figures: latencyTimeline },
  { section: 'time', figures: deadlineMisses },
  { section: 'time', figures: waitingJobs },
  { section: 'time', figures: utilisation },
  { section: 'time', figures: power },
  { section: 'load', figures: clusterLoad },
  { section: 'distributions', figures: latencyCumulative },
  { section: 'distributions', figures: latencyTail },
  { section: 'distributions', figures: waitTail },
  { section: 'distributions', figures: slowdownTail },
  { section: 'differences', figures: ranks },
  { section: 'differences', figures: differences },
]

/** Of a sweep, over all its points: before those of its first point, whose forest plots they replace. */
export const sweepCharts: readonly ChartEntry[] = [
  { section: 'sweep', figures: levelLines },
  { section: 'sweep', figures: winnerMaps },
  { section: 'sweep', figures: valueMaps },
  { section: 'differences', figures: levelDifferences },
  { section: 'differences', figures: differenceMaps },
]
