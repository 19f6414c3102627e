import type { Path } from '../document.ts'
import { stageId } from '../resolve/stages.ts'
import type { Rule } from './rule.ts'

/** Random jobs say how long they run; a trace or generator says it by itself. */
export const workOfJobs: Rule = context => {
  const { view, problems } = context
  for (const [i, workload] of (view.workloads ?? []).entries()) {
    if (workload === undefined) continue
    const path: Path = ['spec', 'workloads', i]
    const source = (['trace', 'generator'] as const).find(name => context.says([...path, name]))
    const isRandom = context.says([...path, 'arrivals'])
    if ((source !== undefined) === isRandom) continue
    if (isRandom && !context.says([...path, 'job']))
      problems.add('missing-field', path, `workload “${workload.name ?? i}” lacks “job”`, {
        hint: 'Add `job: {stages: [{cpu: 1, duration: 2s}]}`.',
      })
    for (const [k, stage] of (workload.job?.stages ?? []).entries()) {
      const place = [...path, 'job', 'stages', k]
      if (stage === undefined || context.says([...place, 'duration']) === isRandom) continue
      if (isRandom)
        problems.add('missing-field', place, `the stage “${stageId(stage, k)}” lacks “duration”`, {
          hint: 'Add it, such as `duration: 2s`.',
        })
      else
        problems.add('not-allowed', [...place, 'duration'], `the ${source} says how long each job runs`, {
          key: true,
          hint: 'Remove `duration`.',
        })
    }
  }
}
