import type { Path } from '../document.ts'
import type { Rule } from './rule.ts'

/** What each process has of its own. */
const fields = {
  poisson: { needs: 'rate', has: ['rate'] },
  deterministic: { needs: 'interval', has: ['interval'] },
  renewal: { needs: 'interval', has: ['interval'] },
  diurnal: { needs: 'rate', has: ['rate', 'amplitude', 'period', 'peak'] },
  mmpp: { needs: 'states', has: ['states'] },
  closed: { needs: 'users', has: ['users', 'think'] },
} as const

const common = ['process', 'from', 'until', 'maxJobs']
const special = ['rate', 'interval', 'amplitude', 'period', 'peak', 'states', 'users', 'think']

const examples = {
  rate: 'rate: 5/s',
  interval: 'interval: 10s',
  states: 'states: [{ rate: 20/s, stay: 1m }, { rate: 1/s, stay: 10m }]',
  users: 'users: 20',
} as const

/** A process has the fields that belong to it and no others. */
export const arrivalFields: Rule = context => {
  const { problems, view } = context
  for (const [i, workload] of (view.workloads ?? []).entries()) {
    const arrivals = workload?.arrivals
    const path: Path = ['spec', 'workloads', i, 'arrivals']
    const says = (field: string) => context.says([...path, field])
    const process = context.orDefault(arrivals?.process, [...path, 'process'], 'poisson')
    if (arrivals === undefined || process === undefined) continue
    const { needs, has } = fields[process]
    const strange = special.filter(field => says(field) && !(has as readonly string[]).includes(field))
    for (const field of strange)
      problems.add('not-allowed', [...path, field], `“${field}” does not belong to the process ${process}`, {
        key: true,
        hint: hintFor(field),
      })
    // Where something stands that does not belong, or is not known, that is most likely the same slip.
    const unknown = Object.keys(context.rawMapping(path)).some(key => ![...special, ...common].includes(key))
    if (strange.length === 0 && !unknown && !says(needs))
      problems.add('missing-field', path, `the process ${process} needs “${needs}”`, {
        key: true,
        hint: `Add it, such as \`${examples[needs]}\`.`,
      })
    if (process === 'mmpp' && arrivals.states?.every((_, k) => !context.says([...path, 'states', k, 'rate'])) === true)
      problems.add('missing-field', [...path, 'states'], 'no state has a rate: nothing would arrive', {
        key: true,
        hint: `Give one of them a rate, such as \`${examples.rate}\`.`,
      })
    if (process === 'deterministic' && typeof arrivals.interval === 'object' && !('constant' in arrivals.interval))
      problems.add('not-allowed', [...path, 'interval'], 'the interval of a deterministic process is fixed', {
        key: true,
        hint: 'Give a duration, or write `process: renewal`.',
      })
  }
}

function hintFor(field: string): string {
  const processes = Object.entries(fields).flatMap(([name, { has }]) =>
    (has as readonly string[]).includes(field) ? [`\`process: ${name}\``] : [],
  )
  return `Remove it, or write ${processes.join(' or ')}.`
}
