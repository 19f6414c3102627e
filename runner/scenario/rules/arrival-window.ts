import type { Rule } from './rule.ts'

/** Arrivals begin before they end, and before the run does. */
export const arrivalWindow: Rule = ({ problems }, draft) => {
  for (const [i, workload] of draft.workloads.entries()) {
    const arrivals = workload?.arrivals
    if (arrivals === undefined || arrivals.process === 'trace' || arrivals.fromS === undefined) continue
    const path = ['spec', 'workloads', i, 'arrivals']
    if (typeof arrivals.untilS === 'number' && arrivals.untilS <= arrivals.fromS)
      problems.add('out-of-range', [...path, 'until'], '`until` is not after `from`: nothing would arrive', {
        hint: 'Give a later `until`.',
      })
    else if (typeof draft.horizonS === 'number' && arrivals.fromS >= draft.horizonS)
      problems.add('out-of-range', [...path, 'from'], 'the arrivals begin at or after the horizon: nothing arrives', {
        severity: 'warning',
        hint: 'Give an earlier `from` or a longer horizon.',
      })
  }
}
