/** What a node is: presets, pools and clusters say parts of it. */
import { powerModels } from '../../../engine/power/index.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { type NumberName, quantities } from '../quantities.ts'
import type { ScenarioCluster } from '../scenario.ts'
import type { PoolView } from '../view.ts'

export type Node = Pick<
  ScenarioCluster,
  | 'cpuMilli'
  | 'overcommit'
  | 'memoryBytes'
  | 'gpu'
  | 'arch'
  | 'formats'
  | 'speed'
  | 'startupS'
  | 'detectionS'
  | 'pue'
  | 'resiliency'
  | 'power'
  | 'labels'
  | 'taints'
>
export type PartialNode = { [Key in Exclude<keyof Node, 'power'>]?: Node[Key] | undefined } & {
  power: { [Key in keyof Node['power']]?: Node['power'][Key] | undefined }
}

type Read = (name: NumberName, value: unknown, step: Path) => number | undefined

/** Ways in which nodes can run stages, best first. */
const formats = ['native', 'wasm', 'emulated'] as const

/** What a pool or cluster of the file says of its nodes. */
export const nodeOf = (view: PoolView, path: Path, context: Context): PartialNode =>
  readNode(view, (name, value, steps) => context.read(name, value, [...path, ...steps]))

/** What a preset says; presets are right. */
export const nodeOfPreset = (pool: PoolView): PartialNode =>
  readNode(pool, (name, value) => (value === undefined ? undefined : quantities[name](value)))

function readNode(view: PoolView, read: Read): PartialNode {
  const power = view.power ?? {}
  return {
    cpuMilli: read('positiveCpu', view.cpu, ['cpu']),
    overcommit: view.overcommit,
    memoryBytes: read('positiveMemory', view.memory, ['memory']),
    gpu: view.gpu,
    arch: view.arch,
    formats: inOrder(view.formats, formats),
    speed: view.speed,
    startupS: read('duration', view.startup, ['startup']),
    detectionS: read('duration', view.detection, ['detection']),
    pue: view.pue,
    resiliency: read('share', view.resiliency, ['resiliency']),
    labels: labelsOf(view.labels),
    taints: known(view.taints)?.toSorted(),
    power: {
      model: power.model,
      offW: read('watts', power.off, ['power', 'off']),
      failedW: read('watts', power.failed, ['power', 'failed']),
      idleW: read('watts', power.idle, ['power', 'idle']),
      busyW: read('watts', power.busy, ['power', 'busy']),
      bootS: read('duration', power.boot?.time, ['power', 'boot', 'time']),
      bootW: read('watts', power.boot?.watts, ['power', 'boot', 'watts']),
      shutdownS: read('duration', power.shutdown?.time, ['power', 'shutdown', 'time']),
      shutdownW: read('watts', power.shutdown?.watts, ['power', 'shutdown', 'watts']),
      tableW: known(power.watts?.map((watts, i) => read('watts', watts, ['power', 'watts', i]))),
    },
  }
}

/** A list all of whose items are known. */
export const known = <T>(list: readonly (T | undefined)[] | undefined): T[] | undefined =>
  list === undefined || list.includes(undefined) ? undefined : (list as T[])

/** By name; what is not right is left out. */
const labelsOf = (labels: PoolView['labels']): Record<string, string> | undefined =>
  labels &&
  Object.fromEntries(
    Object.entries(labels)
      .flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
      .sort(),
  )

/** Each once, in the order of the table; undefined where one is not right. */
export const inOrder = <T extends string>(
  list: readonly (T | undefined)[] | undefined,
  table: readonly T[],
): T[] | undefined => known(list) && table.filter(name => list?.includes(name))

const defaults = {
  overcommit: 1,
  gpu: 0,
  arch: 'amd64',
  formats: ['native', 'wasm'],
  speed: 1,
  startupS: 0,
  detectionS: 40,
  pue: 1,
  resiliency: 1,
  power: { model: 'linear', offW: 0, failedW: 0 },
}

/** The first layer that says something wins. undefined where none says cpu, memory or watts. */
export function mergeNodes(layers: readonly PartialNode[]): Node | undefined {
  const all = [...layers, defaults as PartialNode]
  const pick = <Key extends Exclude<keyof Node, 'power'>>(key: Key) =>
    all.find(layer => layer[key] !== undefined)?.[key] as Node[Key]
  const node: Node = {
    cpuMilli: pick('cpuMilli'),
    overcommit: pick('overcommit'),
    memoryBytes: pick('memoryBytes'),
    gpu: pick('gpu'),
    arch: pick('arch'),
    formats: pick('formats'),
    speed: pick('speed'),
    startupS: pick('startupS'),
    detectionS: pick('detectionS'),
    pue: pick('pue'),
    resiliency: pick('resiliency'),
    power: mergePower(all.map(layer => layer.power)),
    ...said('labels', pick('labels')),
    ...said('taints', pick('taints')),
  }
  return [node.cpuMilli, node.memoryBytes, ...Object.values(node.power)].includes(undefined as never) ? undefined : node
}

/** A field that is there only where something was said. */
const said = <Key extends 'labels' | 'taints'>(key: Key, value: Node[Key]): Pick<Node, Key> | Record<never, never> =>
  value === undefined || Object.keys(value).length === 0 ? {} : { [key]: value }

/** A table of watts says what idle and busy are, until a nearer layer says them itself. Undefined: what nobody says. */
function mergePower(layers: readonly PartialNode['power'][]): Node['power'] {
  const merged: PartialNode['power'] = {}
  for (const layer of [...layers].reverse()) {
    const said = Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined))
    if (layer.tableW !== undefined) Object.assign(said, { idleW: layer.tableW[0], busyW: layer.tableW.at(-1) })
    Object.assign(merged, said)
  }
  const { tableW, ...rest } = merged
  const { model, offW, failedW, idleW, busyW, ...switching } = rest
  return { model, offW, failedW, idleW, busyW, tableW: isTabular(model) ? tableW : [], ...switching } as Node['power']
}

export const isTabular = (model: string | undefined): boolean =>
  powerModels.some(({ name, tabular }) => name === model && tabular === true)
