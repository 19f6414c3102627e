/**
 * A planned job with no choice left: the same model, but that the nodes of the plan are groups of their own, and each
 * stage may only use those that it was given, and of each no more than the plan has there at once: the rest may be
 * others'. Whatever policy runs on it, in simulation or on clusters, does as planned.
 */
import type { Classes, Groups, Model } from '../../engine/model.ts'

/** What may be requested of a node. */
export interface Room {
  readonly cpuMilli: number
  readonly memoryBytes: number
}

/** `nodesOf`: nodes that each stage of the model was given; `roomOn`: the most that the plan has on each at once. */
export function pinned(
  model: Model,
  nodesOf: readonly (readonly number[])[],
  roomOn: ReadonlyMap<number, Room>,
): Model {
  const alone = new Set(nodesOf.flat())
  const parts = partsOf(model, alone)
  const nodeGroup = Int32Array.from(model.nodeGroup)
  for (const [g, { first, end }] of parts.entries()) nodeGroup.fill(g, first, end)
  return {
    ...model,
    groups: splitGroups(model.groups, parts, roomOn),
    nodeGroup,
    classes: classesOf(model, parts, nodesOf),
    stages: { ...model.stages, class: Int32Array.from(nodesOf.keys()) },
  }
}

/** A run of nodes of one group of the model. */
interface Part {
  readonly group: number
  readonly first: number
  readonly end: number
}

function partsOf({ groups, nodeGroup }: Model, alone: ReadonlySet<number>): Part[] {
  const parts: Part[] = []
  for (let g = 0; g < groups.count; g++) {
    let first = groups.nodeStart[g]
    for (let node = first; node < groups.nodeStart[g + 1]; node++) {
      if (!alone.has(node)) continue
      if (node > first) parts.push({ group: g, first, end: node })
      parts.push({ group: nodeGroup[node], first: node, end: node + 1 })
      first = node + 1
    }
    if (first < groups.nodeStart[g + 1]) parts.push({ group: g, first, end: groups.nodeStart[g + 1] })
  }
  return parts
}

function splitGroups(groups: Groups, parts: readonly Part[], roomOn: ReadonlyMap<number, Room>): Groups {
  const ints = (column: Int32Array) => Int32Array.from(parts, ({ group }) => column[group])
  const floats = (column: Float64Array) => Float64Array.from(parts, ({ group }) => column[group])
  const tables = parts.map(({ group }) =>
    groups.powerTable.subarray(groups.powerTableStart[group], groups.powerTableStart[group + 1]),
  )
  const powerTableStart = new Int32Array(parts.length + 1)
  for (const [g, table] of tables.entries()) powerTableStart[g + 1] = powerTableStart[g] + table.length
  return {
    count: parts.length,
    cluster: ints(groups.cluster),
    nodeStart: Int32Array.from([...parts.map(({ first }) => first), groups.nodeStart[groups.count]]),
    coreMilli: ints(groups.coreMilli),
    cpuMilli: Int32Array.from(parts, ({ group, first }) => roomOn.get(first)?.cpuMilli ?? groups.cpuMilli[group]),
    memoryBytes: Float64Array.from(
      parts,
      ({ group, first }) => roomOn.get(first)?.memoryBytes ?? groups.memoryBytes[group],
    ),
    gpuMilli: ints(groups.gpuMilli),
    speed: floats(groups.speed),
    startupS: floats(groups.startupS),
    powerModel: ints(groups.powerModel),
    offW: floats(groups.offW),
    failedW: floats(groups.failedW),
    idleW: floats(groups.idleW),
    busyW: floats(groups.busyW),
    bootS: floats(groups.bootS),
    bootW: floats(groups.bootW),
    shutdownS: floats(groups.shutdownS),
    shutdownW: floats(groups.shutdownW),
    powerTableStart,
    powerTable: Float64Array.from(tables.flatMap(table => [...table])),
  }
}

/** A class for each stage. */
function classesOf(
  { classes, groups, stages }: Model,
  parts: readonly Part[],
  nodesOf: readonly (readonly number[])[],
): Classes {
  const open = nodesOf.map(nodes => parts.flatMap(({ first }, g) => (nodes.includes(first) ? [g] : [])))
  const at = (s: number, g: number) => stages.class[s] * groups.count + parts[g].group
  const table = (of: (s: number, g: number) => number) =>
    nodesOf.flatMap((_, s) => parts.map((_part, g) => (open[s].includes(g) ? of(s, g) : 0)))
  const ints = (column: Int32Array) => Int32Array.from(nodesOf, (_, s) => column[stages.class[s]])
  const groupStart = new Int32Array(nodesOf.length + 1)
  for (const [s, list] of open.entries()) groupStart[s + 1] = groupStart[s] + list.length
  return {
    count: nodesOf.length,
    tasks: ints(classes.tasks),
    cpuMilli: ints(classes.cpuMilli),
    memoryBytes: Float64Array.from(nodesOf, (_, s) => classes.memoryBytes[stages.class[s]]),
    gpuMilli: ints(classes.gpuMilli),
    useMilli: ints(classes.useMilli),
    factor: Float64Array.from(table((s, g) => classes.factor[at(s, g)])),
    mode: Uint8Array.from(table((s, g) => classes.mode[at(s, g)])),
    strictTwin: Int32Array.from(nodesOf.keys()),
    groupStart,
    groups: Int32Array.from(open.flat()),
  }
}
