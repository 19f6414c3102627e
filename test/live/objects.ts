/** Nodes and pods as API servers tell them. */
import type { V1Node, V1Pod } from '@kubernetes/client-node'

interface NodeParts {
  cpu?: string
  memory?: string
  ready?: boolean
  cluster?: string
  unschedulable?: boolean
}

export const nodeObject = (
  name: string,
  { cpu = '4', memory = '8Gi', ready = true, cluster, unschedulable = false }: NodeParts = {},
): V1Node => ({
  metadata: { name, labels: cluster === undefined ? {} : { 'fabricdt.io/cluster': cluster } },
  spec: { unschedulable },
  status: { allocatable: { cpu, memory }, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
})

interface PodParts {
  node?: string
  cpu?: string
  memory?: string
  phase?: string
  annotations?: Record<string, string>
  spec?: Partial<NonNullable<V1Pod['spec']>>
}

export const podObject = (
  uid: string,
  { node, cpu = '1', memory = '1Gi', phase = 'Pending', annotations = {}, spec = {} }: PodParts = {},
): V1Pod => ({
  metadata: { name: uid, uid, annotations },
  spec: {
    containers: [{ name: 'main', image: 'a', resources: { requests: { cpu, memory } } }],
    ...(node === undefined ? {} : { nodeName: node }),
    ...spec,
  },
  status: { phase },
})
