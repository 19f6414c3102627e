/** Distinct (request, constraints), and which groups of nodes each may use. */
import type { Classes, Groups } from '../../engine/model.ts'
import { starts } from './fabric.ts'

export interface Request {
  tasks: number
  /** Per task. */
  cpuMilli: number
  memoryBytes: number
  gpuMilli: number
  archMask: number
}

type Nested = Map<number, Nested | number>

export class ClassBuilder {
  private readonly requests: Request[] = []
  private readonly index: Nested = new Map()

  /** The class of a request; the same for equal ones. Nested maps of numbers: traces ask a million times. */
  add(request: Request): number {
    const { tasks, cpuMilli, memoryBytes, gpuMilli, archMask } = request
    const inner = descend(descend(descend(descend(this.index, tasks), cpuMilli), memoryBytes), gpuMilli)
    const known = inner.get(archMask)
    if (known !== undefined) return known as number
    inner.set(archMask, this.requests.length)
    return this.requests.push({ ...request }) - 1
  }

  get(stageClass: number): Request {
    return this.requests[stageClass]
  }

  get count(): number {
    return this.requests.length
  }

  finish(groups: Groups): Classes {
    const eligible = this.requests.map(request => eligibleGroups(groups, request))
    const column = (of: (request: Request) => number) => Int32Array.from(this.requests, of)
    return {
      count: this.requests.length,
      tasks: column(request => request.tasks),
      cpuMilli: column(request => request.cpuMilli),
      memoryBytes: Float64Array.from(this.requests, request => request.memoryBytes),
      gpuMilli: column(request => request.gpuMilli),
      archMask: column(request => request.archMask),
      groupStart: starts(eligible.map(list => list.length)),
      groups: Int32Array.from(eligible.flat()),
    }
  }
}

function descend(map: Nested, key: number): Nested {
  const known = map.get(key)
  if (known !== undefined) return known as Nested
  const inner: Nested = new Map()
  map.set(key, inner)
  return inner
}

/** Groups on whose nodes, empty, at least one task fits. */
const eligibleGroups = (groups: Groups, request: Request): number[] =>
  Array.from({ length: groups.count }, (_, g) => g).filter(g => tasksPerNode(groups, g, request) > 0)

/** How many tasks of a request fit on an empty node of the group. */
function tasksPerNode(groups: Groups, g: number, request: Request): number {
  if ((groups.archMask[g] & request.archMask) === 0) return 0
  const share = (have: number, ask: number) => (ask > 0 ? Math.floor(have / ask) : Number.POSITIVE_INFINITY)
  return Math.min(
    share(groups.cpuMilli[g], request.cpuMilli),
    share(groups.memoryBytes[g], request.memoryBytes),
    share(groups.gpuMilli[g], request.gpuMilli),
  )
}

/** The most tasks of a request that one cluster of the intact fabric can hold. */
export function mostTasks(groups: Groups, request: Request): number {
  const perCluster = new Map<number, number>()
  for (let g = 0; g < groups.count; g++) {
    const tasks = tasksPerNode(groups, g, request)
    if (tasks === 0) continue
    const nodes = groups.nodeStart[g + 1] - groups.nodeStart[g]
    perCluster.set(groups.cluster[g], (perCluster.get(groups.cluster[g]) ?? 0) + tasks * nodes)
  }
  return Math.max(0, ...perCluster.values())
}
