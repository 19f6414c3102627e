import { workflowPolicy } from './workflows/entry.ts'
import { heft as planner } from './workflows/heft.ts'

export const heft = workflowPolicy(
  'heft',
  'Plans each job as a whole (HEFT): stages by the longest way to the end, each where it finishes first.',
  planner,
)
