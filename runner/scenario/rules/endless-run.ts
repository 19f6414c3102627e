import type { Rule } from './rule.ts'

/** Without a horizon, random arrivals end by themselves. */
export const endlessRun: Rule = ({ problems }, draft) => {
  if (draft.horizonS !== null) return
  for (const [i, workload] of draft.workloads.entries()) {
    const arrivals = workload?.arrivals
    if (arrivals === undefined || arrivals.process === 'trace') continue
    if (arrivals.untilS === null && arrivals.maxJobs === null)
      problems.add(
        'endless-run',
        ['spec', 'workloads', i, 'arrivals'],
        `workload “${workload?.name ?? i}” never stops arriving, and the run has no horizon`,
        { key: true },
      )
  }
}
