/**
 * What real clusters look like now, kept on a planning fabric: which nodes can be used, and what pods reserve of them.
 * Nodes stand for the scenario's by name; what they lack of the declared resources (scaling) is made up for in proportion,
 * so that half a node is half a node here too.
 */
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { isReady } from '../clusters/nodes.ts'
import { readQuantity } from '../clusters/read-quantity.ts'
import type { Resources } from '../clusters/scaling.ts'
import type { PlanningFabric, Reservation } from '../plan/fabric.ts'
import { declaredOf, podRequest, usesNode } from './pod-request.ts'

/** A cluster that is watched. */
export interface Site {
  /** The scenario's name of the cluster; of one whose nodes say by label which cluster they are of, any name. */
  readonly name: string
  /** The scenario's names of its nodes by their own, where these differ. */
  readonly planned: ReadonlyMap<string, string>
}

interface NodeState {
  readonly node: number
  /** What the scenario says it has ÷ what it really has. GPUs are not scaled. */
  readonly cpuScale: number
  readonly memoryScale: number
}

interface PodState {
  /** Null while its node is none of ours. */
  readonly reservation: Reservation | null
  /** Until when it is believed to be on its node though nobody has told so; Infinity: it was told. */
  readonly untilMs: number
}

const clusterLabel = 'fabricdt.io/cluster'

export class LiveState {
  readonly fabric: PlanningFabric
  /** Nodes that stand for none of the scenario's, as cluster/node. */
  readonly strangers = new Set<string>()
  private readonly nodes = new Map<string, NodeState>()
  private readonly pods = new Map<string, PodState>()

  /** No node can be used until it was seen. */
  constructor(fabric: PlanningFabric) {
    this.fabric = fabric
    for (let node = 0; node < fabric.model.nodeGroup.length; node++) fabric.capacity.show(node, false)
  }

  /** A node is there, or has changed. */
  putNode(site: Site, node: V1Node): void {
    const key = `${site.name}/${node.metadata?.name}`
    const index = this.indexOf(site, node)
    if (index < 0) {
      this.strangers.add(key)
      return
    }
    this.nodes.set(key, this.nodeState(index, node))
    this.fabric.capacity.show(index, isReady(node) && node.spec?.unschedulable !== true && !isTainted(node))
  }

  dropNode(site: Site, { metadata }: V1Node): void {
    const key = `${site.name}/${metadata?.name}`
    const known = this.nodes.get(key)
    this.strangers.delete(key)
    this.nodes.delete(key)
    if (known !== undefined) this.fabric.capacity.show(known.node, false)
  }

  /** A pod is there, or has changed. */
  putPod(site: Site, pod: V1Pod): void {
    const key = keyOf(site, pod)
    if (usesNode(pod)) this.reserve(key, site, pod, pod.spec?.nodeName ?? '', Number.POSITIVE_INFINITY)
    else if (this.pods.get(key)?.untilMs === Number.POSITIVE_INFINITY) this.forget(key)
  }

  dropPod(site: Site, pod: V1Pod): void {
    this.forget(keyOf(site, pod))
  }

  /** A pod is on its way to a node: believed until it is seen somewhere, or the time is over. */
  assume(site: Site, pod: V1Pod, nodeName: string, untilMs: number): void {
    this.reserve(keyOf(site, pod), site, pod, nodeName, untilMs)
  }

  /** Takes back what was assumed of a pod: where it goes is asked as if it were nowhere. */
  unassume(site: Site, pod: V1Pod): void {
    const key = keyOf(site, pod)
    if (this.pods.get(key)?.untilMs !== Number.POSITIVE_INFINITY) this.forget(key)
  }

  /** Forgets what was assumed and never seen. */
  settle(nowMs: number): void {
    for (const [key, { untilMs }] of this.pods) if (untilMs <= nowMs) this.forget(key)
  }

  /** Node of the fabric that a node of a cluster stands for; −1. */
  nodeOf(site: Site, name: string): number {
    return this.nodes.get(`${site.name}/${name}`)?.node ?? -1
  }

  /** What a pod asks for in the scenario's measure, on such a node. */
  requestOn(site: Site, pod: V1Pod, nodeName: string): Resources {
    const known = this.nodes.get(`${site.name}/${nodeName}`)
    const { cpuMilli, memoryBytes, gpuMilli } = podRequest(pod)
    const { cpuScale = 1, memoryScale = 1 } = known ?? {}
    const scaled = {
      cpuMilli: Math.round(cpuMilli * cpuScale),
      memoryBytes: Math.round(memoryBytes * memoryScale),
      gpuMilli,
    }
    return declaredOf(pod) ?? scaled
  }

  private reserve(key: string, site: Site, pod: V1Pod, nodeName: string, untilMs: number): void {
    this.forget(key)
    const node = this.nodeOf(site, nodeName)
    const reservation = node < 0 ? null : this.fabric.reserve(node, this.requestOn(site, pod, nodeName))
    this.pods.set(key, { reservation, untilMs })
  }

  private forget(key: string): void {
    const reservation = this.pods.get(key)?.reservation
    if (reservation) this.fabric.giveBack(reservation)
    this.pods.delete(key)
  }

  private indexOf({ name, planned }: Site, { metadata }: V1Node): number {
    const cluster = this.fabric.clusterNames.indexOf(metadata?.labels?.[clusterLabel] ?? name)
    const own = metadata?.name ?? ''
    return cluster < 0 ? -1 : this.fabric.nodeIn(cluster, planned.get(own) ?? own)
  }

  private nodeState(node: number, { status }: V1Node): NodeState {
    const { groups, nodeGroup } = this.fabric.model
    const group = nodeGroup[node]
    const scale = (declared: number, resource: string): number => {
      const real = readQuantity(status?.allocatable?.[resource] ?? '')
      return real > 0 && declared > 0 ? declared / real : 1
    }
    return {
      node,
      cpuScale: scale(groups.cpuMilli[group] / 1000, 'cpu'),
      memoryScale: scale(groups.memoryBytes[group], 'memory'),
    }
  }
}

const keyOf = ({ name }: Site, { metadata }: V1Pod): string => `${name}/${metadata?.uid}`

/** Whether the control plane has marked it as one that takes no new pods. */
const isTainted = ({ spec }: V1Node): boolean =>
  spec?.taints?.some(({ key, effect }) => key.startsWith('node.kubernetes.io/') && effect !== 'PreferNoSchedule') ??
  false
