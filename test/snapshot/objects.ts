/** Objects as API servers give them, of odd kinds too. */
import type { V1Job, V1Node, V1Pod } from '@kubernetes/client-node'
import type { ClusterObjects } from '../../runner/snapshot/read-cluster.ts'

/** Seconds of the tests' world as times of the API. */
export const at = (s: number): string => new Date(Date.UTC(2026, 0, 1) + s * 1000).toISOString().replace('.000Z', 'Z')
export const msAt = (s: number): number => Date.UTC(2026, 0, 1) + s * 1000

interface NodeIs {
  labels?: Record<string, string>
  allocatable?: Record<string, string>
  unschedulable?: boolean
  ready?: string
  taints?: { key: string; value?: string; effect: string }[]
}

export const node = (name: string, is: NodeIs = {}): V1Node =>
  ({
    metadata: {
      name,
      labels: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': name, ...is.labels },
    },
    spec: { unschedulable: is.unschedulable, taints: is.taints },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...is.allocatable },
      conditions: [{ type: 'Ready', status: is.ready ?? 'True' }],
      nodeInfo: { architecture: 'amd64' },
    },
  }) as unknown as V1Node

interface PodIs {
  node?: string
  phase?: string
  /** Seconds. */
  created?: number
  bound?: number
  began?: number | null
  ended?: number | null
  requests?: Record<string, string>
  owner?: { kind: string; uid: string }
  spec?: Record<string, unknown>
  status?: Record<string, unknown>
  annotations?: Record<string, string>
}

export const pod = (name: string, is: PodIs = {}): V1Pod => {
  const startedAt = is.began === null || is.began === undefined ? null : at(is.began)
  const finishedAt = is.ended === null || is.ended === undefined ? null : at(is.ended)
  const ended = is.ended !== undefined
  const state = ended ? { terminated: { startedAt, finishedAt, exitCode: 0 } } : { running: { startedAt } }
  return {
    metadata: {
      ...{ name, namespace: 'default', uid: name, creationTimestamp: at(is.created ?? 0), annotations: is.annotations },
      ...(is.owner === undefined ? {} : { ownerReferences: [{ ...is.owner, controller: true }] }),
    },
    spec: { nodeName: is.node, containers: [{ name: 'main', resources: { requests: is.requests } }], ...is.spec },
    status: {
      phase: is.phase ?? (ended ? 'Succeeded' : 'Running'),
      conditions:
        is.bound === undefined ? [] : [{ type: 'PodScheduled', status: 'True', lastTransitionTime: at(is.bound) }],
      containerStatuses: is.began === undefined ? undefined : [{ name: 'main', state }],
      ...is.status,
    },
  } as unknown as V1Pod
}

export const job = (name: string, spec: object, status: object, owner?: { kind: string; uid: string }): V1Job =>
  ({
    metadata: {
      ...{ name, namespace: 'default', uid: name, creationTimestamp: at(0) },
      ...(owner === undefined ? {} : { ownerReferences: [{ ...owner, controller: true }] }),
    },
    spec,
    status,
  }) as unknown as V1Job

export const cluster = (is: Partial<ClusterObjects>): ClusterObjects => ({
  ...{ name: 'lab', context: 'kind-lab', nodes: [node('a')], pods: [], jobs: [] },
  ...is,
})
