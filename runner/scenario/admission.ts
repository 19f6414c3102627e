/** Which nodes a stage may use by their labels and taints, as Kubernetes' scheduler filters them. */
import type { ScenarioCluster, ScenarioStage } from './scenario.ts'

type Nodes = Pick<ScenarioCluster, 'name' | 'pool' | 'zone' | 'region' | 'arch' | 'labels' | 'taints'>
export type Constraints = Pick<ScenarioStage, 'nodeSelector' | 'tolerations'>

/** Labels of a cluster's nodes: those that clusters made of scenarios have anyway, and its own. */
export const labelsOf = ({ arch, labels, name, pool, region, zone }: Nodes): Readonly<Record<string, string>> => ({
  'topology.kubernetes.io/zone': zone,
  'topology.kubernetes.io/region': region,
  'kubernetes.io/arch': arch,
  'fabricdt.io/pool': pool,
  'fabricdt.io/cluster': name,
  ...labels,
})

/** Whether the stage selects these nodes and tolerates all their taints. */
export const isAdmitted = (stage: Constraints, nodes: Nodes): boolean =>
  missingLabels(stage, nodes).length === 0 && untolerated(stage, nodes).length === 0

/** Labels that the stage asks for and the nodes do not have. */
export function missingLabels({ nodeSelector = {} }: Constraints, nodes: Nodes): string[] {
  const labels = labelsOf(nodes)
  return Object.keys(nodeSelector).filter(
    name => !Object.hasOwn(labels, name) || !nodeSelector[name].includes(labels[name]),
  )
}

/** Taints of the nodes that the stage does not tolerate. */
export const untolerated = ({ tolerations = [] }: Constraints, { taints = [] }: Nodes): string[] =>
  taints.filter(taint => !tolerations.some(toleration => tolerates(toleration, taint)))

/** `key=value:Effect` against `*`, `key`, `key=value`, with or without an effect. */
function tolerates(toleration: string, taint: string): boolean {
  if (toleration === '*') return true
  const [pair, effect] = toleration.split(':')
  const [taintPair, taintEffect] = taint.split(':')
  const isPair = pair.includes('=') ? pair === taintPair : pair === taintPair.split('=')[0]
  return isPair && (effect === undefined || effect === taintEffect)
}
