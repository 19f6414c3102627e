/** What a run would do: points and trials, what is there already, and how long the rest may take. */
import { availableParallelism } from 'node:os'
import type { LoadedSweep } from '../scenario/load-points.ts'
import type { Plan } from '../sweep/plan.ts'

/** The numbered list of points, then the counts. */
export function planText(sweep: LoadedSweep, plan: Plan): string {
  const { scenario } = sweep.points[0].loaded
  const points =
    sweep.factors.length === 0
      ? []
      : sweep.points.map(
          ({ index, levels }) =>
            `  ${index + 1}. ${Object.entries(levels)
              .map(([path, level]) => `${path}=${level}`)
              .join(' ')}`,
        )
  const missing = plan.trials - plan.reused
  const counts = `${plan.trials} trials: ${plan.points} point${plan.points === 1 ? '' : 's'} × ${scenario.policies.length} policies × replications; ${plan.reused} are there, ${missing} to run${timeText(plan, missing)}`
  const why = plan.changed.length === 0 ? [] : [`since the last run changed: ${plan.changed.join(', ')}`]
  return `${[scenario.name, ...points, counts, ...why].join('\n')}\n`
}

function timeText(plan: Plan, missing: number): string {
  if (missing === 0) return ''
  if (Number.isNaN(plan.meanMs)) return ' (no trial was run yet to tell how long one takes)'
  return `, about ${Math.max(1, Math.round((missing * plan.meanMs) / 1000 / availableParallelism()))} s`
}
