/**
 * What a stage asks of others as fields of its pods, so that the cluster's own scheduler holds it to that, too. A cluster
 * sees only its own pods: what reaches beyond it was kept to by who chose the node. Preferences have no say, for the node
 * is chosen already.
 */
import type { V1LabelSelector, V1PodAffinityTerm, V1TopologySpreadConstraint } from '@kubernetes/client-node'
import { labelsOf } from '../scenario/admission.ts'
import type { Scenario, ScenarioExpression, ScenarioPodAffinity, ScenarioStage } from '../scenario/scenario.ts'
import { labelValue } from './names.ts'

interface NeighbourFields {
  readonly podAffinity: V1PodAffinityTerm[] | null
  readonly podAntiAffinity: V1PodAffinityTerm[] | null
  readonly topologySpread: V1TopologySpreadConstraint[] | null
}

export type AskingStage = Pick<ScenarioStage, 'labels' | 'podAffinity' | 'podAntiAffinity' | 'topologySpread'>

/** Null where nothing is asked that a cluster by itself can judge. */
export function neighbourFields(stage: AskingStage, { clusters }: Scenario): NeighbourFields {
  const isWithin = ({ topologyKey }: { topologyKey: string }): boolean =>
    topologyKey === 'kubernetes.io/hostname' || isOfOneCluster(topologyKey, clusters)
  const terms = (affinity: ScenarioPodAffinity | undefined): V1PodAffinityTerm[] | null =>
    orNull(
      (affinity?.required ?? [])
        .filter(isWithin)
        .map(({ selector, topologyKey }) => ({ labelSelector: selectorOf(selector), topologyKey })),
    )
  const spread = (stage.topologySpread ?? []).filter(isWithin).map(each => ({
    maxSkew: each.maxSkew,
    topologyKey: each.topologyKey,
    whenUnsatisfiable: each.whenUnsatisfiable,
    labelSelector: selectorOf(each.selector),
    nodeTaintsPolicy: each.nodeTaintsPolicy,
  }))
  return {
    podAffinity: terms(stage.podAffinity),
    podAntiAffinity: terms(stage.podAntiAffinity),
    topologySpread: orNull(spread),
  }
}

/** Labels of its own that selectors go by. */
export const stageLabels = ({ labels = {} }: AskingStage): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, labelValue(value)]))

/** Whether no two clusters have nodes of one value of a label. */
function isOfOneCluster(key: string, clusters: Scenario['clusters']): boolean {
  const values = clusters.map(cluster => labelsOf(cluster)[key]).filter(value => value !== undefined)
  return new Set(values).size === values.length
}

const orNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list)

const selectorOf = (selector: readonly ScenarioExpression[]): V1LabelSelector => ({
  matchExpressions: selector.map(({ key, operator, values }) => ({
    key,
    operator,
    ...(values.length > 0 ? { values: values.map(labelValue) } : {}),
  })),
})
