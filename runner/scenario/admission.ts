/** Which nodes a stage may use by their labels and taints, as Kubernetes' scheduler filters them. */
import type { ScenarioCluster, ScenarioExpression, ScenarioStage } from './scenario.ts'

type Nodes = Pick<ScenarioCluster, 'name' | 'pool' | 'zone' | 'region' | 'arch' | 'labels' | 'taints'>
export type Constraints = Pick<ScenarioStage, 'nodeSelector' | 'tolerations' | 'nodeAffinity'>

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
  isSelected(stage, nodes) && untolerated(stage, nodes).length === 0

/** Whether it selects them by `nodeSelector` and what its `nodeAffinity` requires. */
export const isSelected = (stage: Constraints, nodes: Nodes): boolean =>
  missingLabels(stage, nodes).length === 0 && hasAffinity(stage, nodes)

/** Whether one of the terms that its `nodeAffinity` requires holds. */
export function hasAffinity({ nodeAffinity }: Constraints, nodes: Nodes): boolean {
  const required = nodeAffinity?.required ?? []
  const labels = labelsOf(nodes)
  return required.length === 0 || required.some(conditions => allHold(conditions, labels))
}

/** Whether all conditions hold of these labels; what compares numbers holds of numbers only. */
export const allHold = (conditions: readonly ScenarioExpression[], labels: Readonly<Record<string, string>>): boolean =>
  conditions.every(condition => holds(condition, labels))

function holds({ key, operator, values }: ScenarioExpression, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0])
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0])
  }
}

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
