import type { Rule } from './rule.ts'

/** Of what asks for nothing any number would fit. */
export const emptyRequests: Rule = ({ problems }, draft) => {
  for (const [i, workload] of draft.workloads.entries())
    for (const [k, stage] of (workload?.stages ?? []).entries())
      if (stage !== undefined && stage.cpuMilli === 0 && stage.memoryBytes === 0 && stage.gpu === 0)
        problems.add(
          'out-of-range',
          ['spec', 'workloads', i, 'job', 'stages', k, 'cpu'],
          'the stage asks for neither CPU nor memory nor GPU',
          { hint: 'Give it some CPU, such as `cpu: 100m`.' },
        )
}
