import type { Model } from '../../model.ts'
import { powerModels } from '../../power/index.ts'

/** Watts of a node of the group at a utilisation. */
export function wattsAt({ groups }: Model, group: number, utilisation: number): number {
  const table = groups.powerTable.subarray(groups.powerTableStart[group], groups.powerTableStart[group + 1])
  const model = powerModels[groups.powerModel[group]]
  return model.watts(Math.min(1, utilisation), groups.idleW[group], groups.busyW[group], table)
}

/**
 * Facility watts (PUE included) that all tasks of a class add on nodes of a group of which `busyMilli` are in use before;
 * tasks that do not go onto one node are taken to fill nodes like it.
 */
export function addedWatts(model: Model, stageClass: number, group: number, busyMilli = 0): number {
  const { classes, clusters, groups } = model
  const cores = groups.coreMilli[group]
  const use = classes.useMilli[stageClass]
  const together = Math.max(1, Math.min(classes.tasks[stageClass], Math.floor((cores - busyMilli) / Math.max(1, use))))
  const before = busyMilli / cores
  const added = wattsAt(model, group, before + (together * use) / cores) - wattsAt(model, group, before)
  return (added / together) * classes.tasks[stageClass] * clusters.pue[groups.cluster[group]]
}
