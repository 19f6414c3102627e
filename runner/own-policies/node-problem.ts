import { nodeName, type Pass } from '../../engine/index.ts'

/** Why a stage cannot be placed on a node, in words; null where it can. */
export function nodeProblem(pass: Pass, stage: number, node: number): string | null {
  const { model } = pass
  const nodes = model.nodeGroup.length
  if (!Number.isInteger(node) || node < 0 || node >= nodes)
    return `choose gave ${node}: nodes are 0 to ${nodes - 1}, and −1 says that none fits`
  if (pass.fits(stage, node)) return null
  return `illegal: the node ${nodeName(model, node)} ${whyNot(pass, stage, node)}`
}

function whyNot(pass: Pass, stage: number, node: number): string {
  const { classes, groups, nodeGroup } = pass.model
  const stageClass = pass.classOf(stage)
  const group = nodeGroup[node]
  if (!pass.ready(node)) return 'is not up, as far as the control plane knows'
  if (!(classes.factor[stageClass * groups.count + group] > 0))
    return 'may not be used by the stage (its architecture, format, labels or taints)'
  if (!pass.open(group))
    return 'is in a cluster that is closed to it now (a gang stays in one, or it cannot be reached)'
  const asked = [classes.cpuMilli[stageClass], classes.memoryBytes[stageClass], classes.gpuMilli[stageClass]]
  return `is too small: a task asks for ${amounts(asked)}, and it has ${amounts(pass.freeOn(node))} free`
}

const amounts = ([cpuMilli, memoryBytes, gpuMilli]: readonly number[]): string =>
  [
    `${cpuMilli / 1000} cores`,
    `${Number((memoryBytes / 2 ** 30).toFixed(2))}Gi`,
    ...(gpuMilli > 0 ? [`${gpuMilli / 1000} GPUs`] : []),
  ].join(', ')
