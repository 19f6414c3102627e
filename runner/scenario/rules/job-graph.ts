import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { stageId } from '../resolve/stages.ts'
import { suggest } from '../suggest.ts'
import type { StageView } from '../view.ts'
import type { Rule } from './rule.ts'

type Stages = readonly (Pick<StageView, 'after' | 'id'> | undefined)[]

/** The stages of a job have ids of their own, come after stages that exist, and some order will do. */
export const jobGraph: Rule = context => {
  for (const [i, workload] of (context.view.workloads ?? []).entries()) {
    const stages = workload?.job?.stages ?? []
    const path: Path = ['spec', 'workloads', i, 'job', 'stages']
    const source = (['trace', 'generator'] as const).find(name => context.says(['spec', 'workloads', i, name]))
    if (source !== undefined && stages.length > 1)
      context.problems.add('not-allowed', [...path, 1], `a job of a ${source} has one stage`, {
        hint: `Keep one: it says what each task asks where the ${source} does not.`,
      })
    else check(stages, path, context)
  }
}

function check(stages: Stages, path: Path, { problems }: Context): void {
  // What an id was meant to be that is not right is not known.
  const ids = stages.map((stage, k) => (stage === undefined ? undefined : stageId(stage, k)))
  const unsure = ids.includes(undefined)
  for (const [k, stage] of stages.entries()) {
    const id = ids[k]
    if (ids.indexOf(id) < k && id !== undefined)
      problems.add(
        'duplicate-name',
        [...path, k, ...(stage?.id === undefined ? [] : ['id'])],
        `the stage “${id}” stands twice`,
      )
    for (const [n, name] of (stage?.after ?? []).entries())
      if (name !== undefined && !ids.includes(name) && !unsure)
        problems.add('unknown-reference', [...path, k, 'after', n], `the job has no stage “${name}”`, {
          hint: suggest(name, ids.filter(other => other !== undefined && other !== id) as string[], 'Declare it.'),
        })
  }
  const cycle = cycleIn(stages, ids)
  if (cycle !== null) {
    const first = cycle[0]
    const at = stages[first]?.after?.indexOf(ids[cycle[1]]) ?? 0
    const names = cycle.map(k => ids[k])
    problems.add(
      'not-allowed',
      [...path, first, 'after', at],
      `the stages wait for each other: ${names.join(' after ')}`,
      {
        hint: 'Leave one of them out of `after`.',
      },
    )
  }
}

/** Indices of stages each of which comes after the next, back to the first; null where there is none. */
export function cycleIn(
  stages: readonly (Pick<StageView, 'after'> | undefined)[],
  ids: readonly (string | undefined)[],
): number[] | null {
  const done = new Set<number>()
  const walk = (k: number, trail: readonly number[]): number[] | null => {
    if (trail.includes(k)) return [...trail.slice(trail.indexOf(k)), k]
    if (done.has(k)) return null
    done.add(k)
    for (const name of stages[k]?.after ?? []) {
      const next = ids.indexOf(name)
      const found = name === undefined || next < 0 ? null : walk(next, [...trail, k])
      if (found !== null) return found
    }
    return null
  }
  for (const k of stages.keys()) {
    const found = walk(k, [])
    if (found !== null) return found
  }
  return null
}
