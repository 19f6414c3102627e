import type { PolicyEntry } from '../policy.ts'
import { PlanningPolicy } from './planning-policy.ts'
import type { Planner } from './schedule.ts'

/** An entry of the table from a planner. */
export const workflowPolicy = (name: string, summary: string, planner: Planner): PolicyEntry => ({
  name,
  summary,
  options: {},
  create: () => new PlanningPolicy(planner),
})
