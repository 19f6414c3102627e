import { distributions } from '../../../engine/distributions.ts'
import type { Path } from '../document.ts'
import type { Draft } from '../draft.ts'
import type { Distribution } from '../scenario.ts'
import type { Rule } from './rule.ts'

interface Found {
  path: Path
  distribution: Distribution | null | undefined
  /** Of times between two events none may be for ever 0: time would stand still. */
  positive?: string
}

/** Parameters that only make sense together. */
export const distributionParameters: Rule = ({ problems }, draft) => {
  for (const { path, distribution, positive } of distributionsOf(draft)) {
    if (distribution === undefined || distribution === null) continue
    const place = [...path, distribution.kind]
    const wrong = wrongParameter(distribution)
    if (wrong !== null) problems.add('out-of-range', [...place, wrong.name], wrong.message, { hint: wrong.hint })
    else if (positive !== undefined && meanOf(distribution) === 0)
      problems.add('out-of-range', place, `${positive} is always 0`, { hint: 'Give it a mean of more than 0.' })
  }
}

/** A parameter that does not go with the others; null where all do. */
export function wrongParameter({ kind, parameters }: Distribution) {
  const { min, max, cv } = parameters
  if (kind === 'uniform' && min > max)
    return { name: 'max', message: 'max is less than min', hint: 'Give a max of at least min.' }
  if (kind === 'hyperexponential' && cv < 1)
    return {
      name: 'cv',
      message: 'a hyperexponential varies more than an exponential: cv must be at least 1',
      hint: 'Use gamma or lognormal for less.',
    }
  return null
}

const distributionsOf = ({ workloads, randomFailures }: Draft): Found[] => [
  ...workloads.flatMap((workload, i) => {
    const path: Path = ['spec', 'workloads', i]
    const stages = (workload?.stages ?? []).map(
      (stage, k): Found => ({ path: [...path, 'job', 'stages', k, 'duration'], distribution: stage?.duration }),
    )
    const arrivals = workload?.arrivals
    if (arrivals?.process === 'closed')
      return [{ path: [...path, 'arrivals', 'think'], distribution: arrivals.think }, ...stages]
    return arrivals?.process === 'renewal'
      ? [
          { path: [...path, 'arrivals', 'interval'], distribution: arrivals.interval, positive: 'the interval' },
          ...stages,
        ]
      : stages
  }),
  ...randomFailures.flatMap((failure, i): Found[] => {
    const path: Path = ['spec', 'failures', i]
    return failure === undefined || failure === null
      ? []
      : [
          { path: [...path, 'mtbf'], distribution: failure.up, positive: 'the time between failures' },
          { path: [...path, 'mttr'], distribution: failure.down, positive: 'the time to repair' },
        ]
  }),
]

function meanOf({ kind, parameters }: Distribution): number {
  const entry = distributions.find(({ name }) => name === kind)
  const [a = 0, b = 0] = (entry?.parameters ?? []).map(({ name }) => parameters[name])
  return entry?.mean(a, b) ?? Number.NaN
}
