/** What a node is: presets, pools and clusters say parts of it. */
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { type QuantityName, quantities } from '../quantities.ts'
import type { ScenarioCluster } from '../scenario.ts'
import type { PoolView } from '../view.ts'

export type Node = Pick<
  ScenarioCluster,
  'cpuMilli' | 'memoryBytes' | 'gpu' | 'arch' | 'speed' | 'startupS' | 'detectionS' | 'pue' | 'resiliency' | 'power'
>
export type PartialNode = { [Key in Exclude<keyof Node, 'power'>]?: Node[Key] | undefined } & {
  power: { [Key in keyof Node['power']]?: Node['power'][Key] | undefined }
}

type Read = (name: Exclude<QuantityName, 'time'>, value: unknown, step: readonly string[]) => number | undefined

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
    memoryBytes: read('positiveMemory', view.memory, ['memory']),
    gpu: view.gpu,
    arch: view.arch,
    speed: view.speed,
    startupS: read('duration', view.startup, ['startup']),
    detectionS: read('duration', view.detection, ['detection']),
    pue: view.pue,
    resiliency: read('share', view.resiliency, ['resiliency']),
    power: {
      model: power.model,
      offW: read('watts', power.off, ['power', 'off']),
      failedW: read('watts', power.failed, ['power', 'failed']),
      idleW: read('watts', power.idle, ['power', 'idle']),
      busyW: read('watts', power.busy, ['power', 'busy']),
    },
  }
}

const defaults = {
  gpu: 0,
  arch: 'amd64',
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
  const watts = <Key extends keyof Node['power']>(key: Key) =>
    all.find(layer => layer.power[key] !== undefined)?.power[key] as Node['power'][Key]
  const node: Node = {
    cpuMilli: pick('cpuMilli'),
    memoryBytes: pick('memoryBytes'),
    gpu: pick('gpu'),
    arch: pick('arch'),
    speed: pick('speed'),
    startupS: pick('startupS'),
    detectionS: pick('detectionS'),
    pue: pick('pue'),
    resiliency: pick('resiliency'),
    power: {
      model: watts('model'),
      offW: watts('offW'),
      failedW: watts('failedW'),
      idleW: watts('idleW'),
      busyW: watts('busyW'),
    },
  }
  return [node.cpuMilli, node.memoryBytes, node.power.idleW, node.power.busyW].includes(undefined as never)
    ? undefined
    : node
}
