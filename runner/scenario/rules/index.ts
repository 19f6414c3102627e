/** The table of checks of meaning: one file, one line. */
import type { Context } from '../context.ts'
import type { Resolved } from '../resolve/resolve.ts'
import { arrivalWindow } from './arrival-window.ts'
import { clusterPools } from './cluster-pools.ts'
import { distributionParameters } from './distribution-parameters.ts'
import { duplicateNames } from './duplicate-names.ts'
import { emptyRequests } from './empty-requests.ts'
import { endlessRun } from './endless-run.ts'
import { expectationScope } from './expectation-scope.ts'
import { failureTargets } from './failure-targets.ts'
import { hashCollisions } from './hash-collisions.ts'
import { impossibleDemand } from './impossible-demand.ts'
import { lateFailures } from './late-failures.ts'
import { latencyGaps } from './latency-gaps.ts'
import { linkEnds } from './link-ends.ts'
import { links } from './links.ts'
import { origins } from './origins.ts'
import { policyEntries } from './policy-entries.ts'
import { poolBases } from './pool-bases.ts'
import { poolComplete } from './pool-complete.ts'
import { powerOrder } from './power-order.ts'
import { reservedNames } from './reserved-names.ts'
import type { Rule } from './rule.ts'
import { traceFiles } from './trace-files.ts'
import { warmup } from './warmup.ts'
import { workOfJobs } from './work-of-jobs.ts'

export const rules: Readonly<Record<string, Rule>> = {
  duplicateNames,
  reservedNames,
  hashCollisions,
  poolBases,
  poolComplete,
  clusterPools,
  powerOrder,
  linkEnds,
  links,
  latencyGaps,
  origins,
  traceFiles,
  workOfJobs,
  distributionParameters,
  emptyRequests,
  impossibleDemand,
  arrivalWindow,
  endlessRun,
  warmup,
  failureTargets,
  lateFailures,
  policyEntries,
  expectationScope,
}

export function checkRules(context: Context, resolved: Resolved): void {
  for (const rule of Object.values(rules)) rule(context, resolved.draft, resolved)
}
