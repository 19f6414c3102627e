import type { ScenarioWorkload } from '../scenario/scenario.ts'
import { meanOf } from './distributions.ts'

/** Expected jobs a second; of users in a closed loop the most that they can send, with nothing in their way; 0 of a trace. */
export function meanRate({ arrivals, stages }: Pick<ScenarioWorkload, 'arrivals' | 'stages'>): number {
  switch (arrivals.process) {
    case 'trace':
      return 0
    case 'renewal':
      return 1 / meanOf(arrivals.interval)
    case 'mmpp': {
      const sum = (of: (state: { ratePerS: number; stayS: number }) => number) =>
        arrivals.states.reduce((total, state) => total + of(state), 0)
      return sum(({ ratePerS, stayS }) => ratePerS * stayS) / sum(({ stayS }) => stayS)
    }
    case 'closed': {
      const work = stages.map(({ duration }) => (duration === null ? 0 : meanOf(duration)))
      return arrivals.users / (meanOf(arrivals.think) + Math.max(0, ...work))
    }
    default:
      return arrivals.ratePerS
  }
}
