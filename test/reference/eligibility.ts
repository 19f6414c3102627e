/** Which group takes what, and how much longer it runs there: test models' own rule, for building their columns. */
import { type ClusterSpec, fullRequest, type GroupSpec, type RequestSpec } from './model-spec.ts'

/** Run-time factor (0: not eligible) and mode (0 native, 1 wasm, 2 emulated): the least factor, native before others. */
export function howItRuns(group: GroupSpec, request: Required<RequestSpec>): { factor: number; mode: number } {
  const isNative = ((1 << (group.arch ?? 0)) & request.archMask) !== 0
  const ways = [
    { factor: isNative ? 1 : 0, mode: 0 },
    { factor: request.wasm ? (group.wasm ?? 0) : 0, mode: 1 },
    { factor: isNative || request.archMask === 0 ? 0 : (group.emulated ?? 0), mode: 2 },
  ]
  const possible = ways.filter(({ factor }) => factor > 0).sort((a, b) => a.factor - b.factor)
  return possible[0] ?? { factor: 0, mode: 0 }
}

/** How many tasks of a request an empty node of the group takes. */
export function tasksPerNode(group: GroupSpec, request: Required<RequestSpec>): number {
  if (howItRuns(group, request).factor === 0) return 0
  const share = (have: number, ask: number) => (ask === 0 ? Infinity : Math.floor(have / ask))
  return Math.min(
    share(group.cpuMilli, request.cpuMilli),
    share(group.memoryBytes ?? 0, request.memoryBytes),
    gpuTasks((group.gpuMilli ?? 0) / 1000, request.gpuMilli),
  )
}

/** Of so many devices: parts of one device each, or whole ones. */
function gpuTasks(devices: number, ask: number): number {
  if (ask === 0) return Infinity
  return ask < 1000 ? devices * Math.floor(1000 / ask) : Math.floor(devices / (ask / 1000))
}

/** Whether one cluster of the intact fabric can hold the whole gang. */
export const feasible = (clusters: readonly ClusterSpec[], request: RequestSpec = {}): boolean =>
  clusters.some(cluster => holds(cluster.groups, fullRequest(request)))

const holds = (groups: readonly GroupSpec[], full: Required<RequestSpec>): boolean =>
  groups.reduce((sum, group) => sum + group.nodes * tasksPerNode(group, full), 0) >= full.tasks
