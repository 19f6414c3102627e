import { workflowPolicy } from './workflows/entry.ts'
import { peft as planner } from './workflows/peft.ts'

export const peft = workflowPolicy(
  'peft',
  'Plans each job as a whole (PEFT): each stage where its finish and the least that comes after are least.',
  planner,
)
