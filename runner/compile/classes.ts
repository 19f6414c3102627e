/** Distinct (request, constraints), and which groups of nodes each may use. */
import { architectureMask } from '../../engine/architectures.ts'
import type { Classes, Groups } from '../../engine/model.ts'
import type { Constraints } from '../scenario/admission.ts'
import { starts } from './fabric.ts'
import { gpuTasks } from './node-room.ts'

export interface Request {
  tasks: number
  /** Per task. */
  cpuMilli: number
  /** While it runs. */
  useMilli: number
  memoryBytes: number
  gpuMilli: number
  /** Architectures that it is built for, and whether as native code, as wasm, or both, as one number: see `buildOf`. */
  build: number
  /** Which nodes it may use by labels and taints: see `ClassBuilder.whereOf`. Absent: as 0, any without taints. */
  where?: number
  /** What it asks of others, and who it is to them: see `NeighbourTerms.kindOf`. Absent: 0. */
  among?: number
}

/** What a stage can run as: bits of architectures below, two bits for formats above. */
export const buildOf = (arch: readonly string[], formats: readonly string[]): number =>
  architectureMask(arch) | (formats.includes('native') ? nativeBit : 0) | (formats.includes('wasm') ? wasmBit : 0)

const nativeBit = 1 << 20
const wasmBit = 1 << 21

/** What the nodes of each group can run, and what other ways than native cost. */
export interface Hosts {
  readonly groups: Groups
  /** Bit of each group's architecture. */
  readonly archMask: readonly number[]
  readonly formats: readonly (readonly string[])[]
  readonly modes: { readonly wasm: number; readonly emulated: number }
  /** Whether nodes of a group admit what has these constraints; absent: all do. */
  readonly admits?: (g: number, constraints: Constraints) => boolean
}

type Nested = Map<number, Nested | number>

export class ClassBuilder {
  /** Of each class, when all is finished. */
  among: readonly number[] = []
  private readonly requests: Request[] = []
  private readonly index: Nested = new Map()
  /** Distinct constraints; none first. */
  private readonly constraints: Constraints[] = [{}]
  private readonly whereByText = new Map<string, number>([[JSON.stringify([{}, []]), 0]])

  /** Number of what a stage asks of labels and taints; the same for equal ones. */
  whereOf({ nodeSelector = {}, tolerations = [], nodeAffinity }: Constraints): number {
    const required = nodeAffinity?.required ?? []
    const text = JSON.stringify([nodeSelector, tolerations, ...required])
    const known = this.whereByText.get(text)
    if (known !== undefined) return known
    this.whereByText.set(text, this.constraints.length)
    const affinity = required.length > 0 ? { nodeAffinity: { required, preferred: [] } } : {}
    return this.constraints.push({ nodeSelector, tolerations, ...affinity }) - 1
  }

  /** The class of a request; the same for equal ones. Nested maps of numbers: traces ask a million times. */
  add(request: Request): number {
    const { tasks, cpuMilli, useMilli, memoryBytes, gpuMilli, build, where = 0, among = 0 } = request
    const ofCpu = descend(descend(descend(this.index, tasks), cpuMilli), useMilli)
    const inner = descend(descend(descend(descend(ofCpu, memoryBytes), gpuMilli), where), among)
    const known = inner.get(build)
    if (known !== undefined) return known as number
    inner.set(build, this.requests.length)
    return this.requests.push({ ...request }) - 1
  }

  get(stageClass: number): Request {
    return this.requests[stageClass]
  }

  get count(): number {
    return this.requests.length
  }

  finish(hosts: Hosts): Classes {
    const { groups } = hosts
    const ways = this.requests.map(request =>
      Array.from({ length: groups.count }, (_, g) => this.wayOf(hosts, g, request)),
    )
    // Stages without slack for the slowest way fall back to a class without it, and so on down to the native one.
    const requests = [...this.requests]
    const strictTwin = requests.map((_, k) => k)
    for (let k = 0; k < requests.length; k++) {
      const stricter = withoutSlowest(ways[k], groups)
      if (stricter === null) continue
      ways.push(stricter)
      strictTwin[k] = requests.push(requests[k]) - 1
      strictTwin.push(strictTwin[k])
    }
    const eligible = ways.map(way => way.flatMap(({ factor }, g) => (factor > 0 ? [g] : [])))
    const column = (of: (request: Request) => number) => Int32Array.from(requests, of)
    this.among = requests.map(({ among = 0 }) => among)
    return {
      count: requests.length,
      tasks: column(request => request.tasks),
      cpuMilli: column(request => request.cpuMilli),
      memoryBytes: Float64Array.from(requests, request => request.memoryBytes),
      gpuMilli: column(request => request.gpuMilli),
      useMilli: column(request => request.useMilli),
      factor: Float64Array.from(ways.flat(), way => way.factor),
      mode: Uint8Array.from(ways.flat(), way => way.mode),
      strictTwin: Int32Array.from(strictTwin),
      groupStart: starts(eligible.map(list => list.length)),
      groups: Int32Array.from(eligible.flat()),
    }
  }

  /** The most tasks of a class that one cluster of the intact fabric can hold. */
  mostTasks(hosts: Hosts, stageClass: number): number {
    const { groups } = hosts
    const request = this.requests[stageClass]
    const perCluster = new Map<number, number>()
    for (let g = 0; g < groups.count; g++) {
      if (this.wayOf(hosts, g, request).factor === 0) continue
      const tasks = tasksPerNode(groups, g, request)
      const nodes = groups.nodeStart[g + 1] - groups.nodeStart[g]
      perCluster.set(groups.cluster[g], (perCluster.get(groups.cluster[g]) ?? 0) + tasks * nodes)
    }
    return Math.max(0, ...perCluster.values())
  }

  /** The quickest way in which a request can run on a group's nodes, if they admit it. */
  private wayOf(hosts: Hosts, g: number, request: Request): Way {
    const isAdmitted = hosts.admits?.(g, this.constraints[request.where ?? 0]) ?? true
    return isAdmitted ? wayOn(hosts, g, request) : nowhere
  }
}

interface Way {
  /** Run-time factor; 0: not at all. */
  readonly factor: number
  /** 0 native, 1 wasm, 2 emulated. */
  readonly mode: number
}
const nowhere: Way = { factor: 0, mode: 0 }

/**
 * The ways without those, of the ones that slow work down, on which it takes longest; null where there are none, or no
 * others.
 */
function withoutSlowest(ways: readonly Way[], groups: Groups): Way[] | null {
  if (ways.every(way => way.factor <= 1) || ways.every(way => way.factor !== 1)) return null
  const takes = ways.map(({ factor }, g) => (factor > 1 ? factor / groups.speed[g] : 0))
  const longest = takes.reduce((most, seconds) => Math.max(most, seconds))
  return ways.map((way, g) => (takes[g] === longest ? nowhere : way))
}

/** The quickest way in which a request can run on a group's nodes. */
function wayOn(hosts: Hosts, g: number, request: Request): Way {
  if (tasksPerNode(hosts.groups, g, request) === 0) return nowhere
  const formats = hosts.formats[g]
  const native = (request.build & nativeBit) !== 0
  if (native && formats.includes('native') && (request.build & hosts.archMask[g]) !== 0) return { factor: 1, mode: 0 }
  const wasm: Way = { factor: hosts.modes.wasm, mode: 1 }
  const emulated: Way = { factor: hosts.modes.emulated, mode: 2 }
  const ways = [
    ...((request.build & wasmBit) !== 0 && formats.includes('wasm') ? [wasm] : []),
    ...(native && formats.includes('emulated') ? [emulated] : []),
  ]
  return ways.sort((a, b) => a.factor - b.factor)[0] ?? nowhere
}

function descend(map: Nested, key: number): Nested {
  const known = map.get(key)
  if (known !== undefined) return known as Nested
  const inner: Nested = new Map()
  map.set(key, inner)
  return inner
}

/** How many tasks of a request fit on an empty node of the group. */
function tasksPerNode(groups: Groups, g: number, request: Request): number {
  const share = (have: number, ask: number) => (ask > 0 ? Math.floor(have / ask) : Number.POSITIVE_INFINITY)
  return Math.min(
    share(groups.cpuMilli[g], request.cpuMilli),
    share(groups.memoryBytes[g], request.memoryBytes),
    gpuTasks(groups.gpuMilli[g] / 1000, request.gpuMilli),
  )
}
