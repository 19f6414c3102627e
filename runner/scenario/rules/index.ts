/** The table of checks of meaning: one file, one line. */
import type { Context } from '../context.ts'
import type { Resolved } from '../resolve/resolve.ts'
import { arrivalFields } from './arrival-fields.ts'
import { arrivalWindow } from './arrival-window.ts'
import { cancelDeadline } from './cancel-deadline.ts'
import { carbonCover } from './carbon-cover.ts'
import { carbonRegions } from './carbon-regions.ts'
import { clusterPools } from './cluster-pools.ts'
import { conditions } from './conditions.ts'
import { cpuUse } from './cpu-use.ts'
import { distributionParameters } from './distribution-parameters.ts'
import { duplicateNames } from './duplicate-names.ts'
import { emptyRequests } from './empty-requests.ts'
import { endlessRun } from './endless-run.ts'
import { executeWindow } from './execute-window.ts'
import { expectationScope } from './expectation-scope.ts'
import { failureFields } from './failure-fields.ts'
import { failureLinks } from './failure-links.ts'
import { failureMembers } from './failure-members.ts'
import { failureTargets } from './failure-targets.ts'
import { hashCollisions } from './hash-collisions.ts'
import { impossibleDemand } from './impossible-demand.ts'
import { jobGraph } from './job-graph.ts'
import { lateFailures } from './late-failures.ts'
import { latencyGaps } from './latency-gaps.ts'
import { linkEnds } from './link-ends.ts'
import { links } from './links.ts'
import { neighbours } from './neighbours.ts'
import { origins } from './origins.ts'
import { policyEntries } from './policy-entries.ts'
import { poolBases } from './pool-bases.ts'
import { poolComplete } from './pool-complete.ts'
import { powerCurves } from './power-curves.ts'
import { powerOrder } from './power-order.ts'
import { precision } from './precision.ts'
import { quotas } from './quotas.ts'
import { reservedNames } from './reserved-names.ts'
import type { Rule } from './rule.ts'
import { traceFiles } from './trace-files.ts'
import { transfers } from './transfers.ts'
import { warmup } from './warmup.ts'
import { workOfJobs } from './work-of-jobs.ts'

export const rules: Readonly<Record<string, Rule>> = {
  duplicateNames,
  reservedNames,
  hashCollisions,
  poolBases,
  poolComplete,
  clusterPools,
  powerCurves,
  powerOrder,
  carbonRegions,
  carbonCover,
  linkEnds,
  links,
  latencyGaps,
  origins,
  traceFiles,
  arrivalFields,
  workOfJobs,
  jobGraph,
  cancelDeadline,
  distributionParameters,
  emptyRequests,
  impossibleDemand,
  neighbours,
  cpuUse,
  quotas,
  transfers,
  arrivalWindow,
  endlessRun,
  warmup,
  failureFields,
  failureTargets,
  failureLinks,
  failureMembers,
  conditions,
  lateFailures,
  policyEntries,
  precision,
  expectationScope,
  executeWindow,
}

export function checkRules(context: Context, resolved: Resolved): void {
  for (const rule of Object.values(rules)) rule(context, resolved.draft, resolved)
}
