import { isSweep, pointName } from '../factors.ts'
import type { Results } from '../results.ts'

const mostOpen = 6

/** What went wrong and what to mind; of a sweep with the point, and folded away from the seventh on. */
export function cautions(results: Results) {
  const at = (index: number | null): string => {
    const point = results.points.find(candidate => candidate.index === index)
    return point === undefined || !isSweep(results) ? '' : `${pointName(results, point)}: `
  }
  const errors = results.errors.map(({ point, policy, replication, code, message }) => ({
    text: `${at(point)}${policy}, replication ${replication}: ${message}`,
    code,
  }))
  const warnings = results.warnings.map(({ point, message }) => `${at(point)}${message}`)
  return { errors: split(errors), warnings: split(warnings) }
}

const split = <T>(items: readonly T[]) => ({ first: items.slice(0, mostOpen), more: items.slice(mostOpen) })
