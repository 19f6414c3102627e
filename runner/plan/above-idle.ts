/** Power above idle: what is drawn then is what a job adds, whatever else runs. */
import type { Groups } from '../../engine/model.ts'
import { powerModels } from '../../engine/power/index.ts'

/** The groups with power models that are 0 W where these are idle. */
export function aboveIdle(groups: Groups): Groups {
  const restW = Float64Array.from({ length: groups.count }, (_, g) => {
    const table = groups.powerTable.subarray(groups.powerTableStart[g], groups.powerTableStart[g + 1])
    return powerModels[groups.powerModel[g]].watts(0, groups.idleW[g], groups.busyW[g], table)
  })
  const above = (watts: Float64Array) => watts.map((value, g) => value - restW[g])
  const powerTable = Float64Array.from(groups.powerTable)
  for (let g = 0; g < groups.count; g++)
    for (let i = groups.powerTableStart[g]; i < groups.powerTableStart[g + 1]; i++) powerTable[i] -= restW[g]
  return { ...groups, idleW: above(groups.idleW), busyW: above(groups.busyW), powerTable }
}
