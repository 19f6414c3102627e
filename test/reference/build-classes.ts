/** Distinct requests as columns, with what each group makes of them. */
import type { Classes } from '../../engine/model.ts'
import { starts } from './build-fabric.ts'
import { howItRuns, tasksPerNode } from './eligibility.ts'
import { fullRequest, type GroupSpec, type RequestSpec } from './model-spec.ts'

interface Row {
  request: Required<RequestSpec>
  /** By group. */
  factors: number[]
  modes: number[]
  twin: number
}

/** Distinct requests in the order in which they are met. */
export class ClassList {
  private readonly requests: Required<RequestSpec>[] = []

  indexOf(request: RequestSpec | undefined): number {
    const full = fullRequest(request)
    const same = (other: Required<RequestSpec>) => Object.entries(full).every(([k, v]) => other[k as 'tasks'] === v)
    const known = this.requests.findIndex(same)
    return known >= 0 ? known : this.requests.push(full) - 1
  }

  columns(groups: readonly GroupSpec[]): Classes {
    const rows = this.requests.map((request, index) => rowOf(request, groups, index))
    for (const row of [...rows]) addStricter(rows, row, groups)
    const eligible = rows.map(({ factors }) => [...factors.keys()].filter(group => factors[group] > 0))
    const column = (key: 'tasks' | 'cpuMilli' | 'gpuMilli' | 'useMilli') =>
      Int32Array.from(rows, ({ request }) => request[key])
    return {
      count: rows.length,
      tasks: column('tasks'),
      cpuMilli: column('cpuMilli'),
      memoryBytes: Float64Array.from(rows, ({ request }) => request.memoryBytes),
      gpuMilli: column('gpuMilli'),
      useMilli: column('useMilli'),
      factor: Float64Array.from(rows.flatMap(row => row.factors)),
      mode: Uint8Array.from(rows.flatMap(row => row.modes)),
      strictTwin: Int32Array.from(rows, row => row.twin),
      groupStart: starts(eligible.map(list => list.length)),
      groups: Int32Array.from(eligible.flat()),
    }
  }
}

/** Groups too small for a single task count as not eligible. */
function rowOf(request: Required<RequestSpec>, groups: readonly GroupSpec[], index: number): Row {
  const ways = groups.map(group =>
    tasksPerNode(group, request) > 0 ? howItRuns(group, request) : { factor: 0, mode: 0 },
  )
  return { request, factors: ways.map(way => way.factor), modes: ways.map(way => way.mode), twin: index }
}

/**
 * The same class without those of its slow groups (factor above 1) on which the work takes longest, after all others;
 * and so on until only groups of factor 1 are left. A class that has none of these has no stricter one.
 */
function addStricter(rows: Row[], row: Row, groups: readonly GroupSpec[]): void {
  if (!row.factors.includes(1) || row.factors.every(factor => factor <= 1)) return
  const takes = row.factors.map((factor, g) => (factor > 1 ? factor / (groups[g].speed ?? 1) : 0))
  const isLeft = takes.map(seconds => seconds < Math.max(...takes))
  const keep = (values: number[]) => values.map((value, g) => (isLeft[g] ? value : 0))
  const stricter = { ...row, factors: keep(row.factors), modes: keep(row.modes), twin: rows.length }
  row.twin = rows.push(stricter) - 1
  addStricter(rows, stricter, groups)
}
