import { dls as planner } from './workflows/dls.ts'
import { workflowPolicy } from './workflows/entry.ts'

export const dls = workflowPolicy(
  'dls',
  'Plans each job as a whole (DLS): of stage and node always the pair of the highest dynamic level.',
  planner,
)
