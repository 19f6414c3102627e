/** What comes before and after a stage of a job. */
import type { Stage, World } from './world.ts'

export function predecessorsOf({ model }: World, { index, job }: Stage): Stage[] {
  const { predecessorStart, predecessors } = model.stages
  const before = [...predecessors.slice(predecessorStart[index], predecessorStart[index + 1])]
  return before.map(position => job.stages.find(stage => stage.index === position)!)
}

/** Whether nobody comes after it. */
export const isSink = (world: World, stage: Stage): boolean =>
  stage.job.stages.every(other => !predecessorsOf(world, other).includes(stage))
