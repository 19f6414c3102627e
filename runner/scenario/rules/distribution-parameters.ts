import type { Rule } from './rule.ts'

/** Parameters that only make sense together. */
export const distributionParameters: Rule = ({ problems }, draft) => {
  for (const [i, workload] of draft.workloads.entries())
    for (const [k, stage] of (workload?.stages ?? []).entries()) {
      const duration = stage?.duration
      if (duration === undefined || duration === null) continue
      const path = ['spec', 'workloads', i, 'job', 'stages', k, 'duration', duration.kind]
      const { min, max, cv } = duration.parameters
      if (duration.kind === 'uniform' && min > max)
        problems.add('out-of-range', [...path, 'max'], 'max is less than min', { hint: 'Give a max of at least min.' })
      if (duration.kind === 'hyperexponential' && cv < 1)
        problems.add(
          'out-of-range',
          [...path, 'cv'],
          'a hyperexponential varies more than an exponential: cv must be at least 1',
          { hint: 'Use gamma or lognormal for less.' },
        )
    }
}
