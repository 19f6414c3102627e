/** The scheduler extender's wire (k8s.io/kube-scheduler/extender/v1): Go fields without tags, so keys are capitalised. */
import type { V1Node, V1Pod } from '@kubernetes/client-node'

export interface ExtenderArgs {
  Pod: V1Pod
  /** Where the extender has no cache of nodes of its own. */
  Nodes?: { items?: V1Node[] } | null
  /** Where it has (`nodeCacheCapable`). */
  NodeNames?: string[] | null
}

export interface FilterResult {
  Nodes?: { items: V1Node[] } | null
  NodeNames: string[] | null
  /** Why, by node. */
  FailedNodes: Record<string, string>
  Error: string
}

/** 0 to 10. */
export interface HostPriority {
  Host: string
  Score: number
}

export const mostScore = 10

/** Names of the nodes that are asked about. */
export const namesOf = ({ NodeNames, Nodes }: ExtenderArgs): string[] =>
  NodeNames ?? (Nodes?.items ?? []).map(({ metadata }) => metadata?.name ?? '')
