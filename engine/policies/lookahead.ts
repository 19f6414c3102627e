import { workflowPolicy } from './workflows/entry.ts'
import { lookahead as planner } from './workflows/lookahead.ts'

export const lookahead = workflowPolicy(
  'lookahead',
  'Plans each job as a whole (Lookahead): each stage where the rest, planned by HEFT, would finish first.',
  planner,
)
