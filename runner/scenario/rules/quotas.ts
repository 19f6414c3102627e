import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Every tenant has a workload, and each stage is within its tenant's quota, else it would never be let in. */
export const quotas: Rule = ({ problems }, draft) => {
  const owners = draft.workloads.map(workload => workload?.tenant ?? workload?.name)
  const known = owners.filter(name => name !== undefined)
  for (const { name } of draft.tenants)
    if (!known.includes(name))
      problems.add('unknown-reference', ['spec', 'tenants', name], `no workload belongs to the tenant “${name}”`, {
        key: true,
        hint: suggest(name, known, 'Remove it, or give a workload that `tenant`.'),
      })
  for (const [i, workload] of draft.workloads.entries()) {
    const quota = draft.tenants.find(({ name }) => name === owners[i])?.quota
    for (const [k, stage] of workload?.stages.entries() ?? []) {
      if (stage === undefined || quota === undefined) continue
      const asked = { cpuMilli: stage.cpuMilli, memoryBytes: stage.memoryBytes, gpu: stage.gpu }
      for (const [resource, words] of resources) {
        const limit = quota[resource] ?? Number.POSITIVE_INFINITY
        if (stage.tasks * asked[resource] > limit)
          problems.add(
            'impossible-demand',
            ['spec', 'workloads', i, 'job', 'stages', k],
            `the stage asks for more ${words} than the quota of its tenant “${owners[i]}” allows at all`,
          )
      }
    }
  }
}

const resources = [
  ['cpuMilli', 'cores'],
  ['memoryBytes', 'memory'],
  ['gpu', 'GPUs'],
] as const
