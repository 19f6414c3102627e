/** What the routes work with. */
import type { Planner } from '../plan/planner.ts'
import type { Metrics } from './metrics.ts'

export interface Services {
  readonly planner: Planner
  readonly metrics: Metrics
  /** What is missing before requests can be served well; null: nothing. */
  readonly notReady: () => string | null
}
