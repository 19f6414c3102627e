import { residualWork } from './single-server.ts'

export interface JobClass {
  rate: number
  meanS: number
  cv: number
}

/** What an arrival finds left of the work in service, whatever the order. */
const workFound = (classes: readonly JobClass[]): number =>
  classes.reduce((sum, { rate, meanS, cv }) => sum + residualWork(rate, meanS, cv), 0)

/** Mean wait of every class at one server in order of arrival: Pollaczek and Khinchine, for their mixture. */
export const waitOfAllInOrder = (classes: readonly JobClass[]): number =>
  workFound(classes) / (1 - classes.reduce((load, { rate, meanS }) => load + rate * meanS, 0))

/**
 * Mean wait of each class at one server that goes on with what it has begun and then takes the first class that
 * waits, in the order given (Cobham, Journal of the Operations Research Society of America 2, 1954).
 */
export function waitByPriority(classes: readonly JobClass[]): number[] {
  const found = workFound(classes)
  let load = 0
  return classes.map(({ rate, meanS }) => {
    const before = load
    load += rate * meanS
    return found / ((1 - before) * (1 - load))
  })
}
