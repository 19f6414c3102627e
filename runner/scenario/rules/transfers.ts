import type { Path } from '../document.ts'
import type { Rule } from './rule.ts'

/** Data takes time only where a bandwidth is said. */
export const transfers: Rule = (context, draft) => {
  const network: Path = ['spec', 'fabric', 'network']
  // What is said of it may be wrong, and has been told.
  const says = (...steps: Path) => context.says([...network, ...steps, 'bandwidth'])
  if (says() || (context.view.fabric?.network?.links ?? []).some((_, i) => says('links', i))) return
  for (const [i, workload] of draft.workloads.entries())
    for (const [k, stage] of (workload?.stages ?? []).entries())
      for (const field of ['input', 'output'] as const)
        if ((stage?.[`${field}Bytes`] ?? 0) > 0)
          context.problems.add(
            'out-of-range',
            ['spec', 'workloads', i, 'job', 'stages', k, field],
            `no bandwidth is said: this ${field} takes no time`,
            { severity: 'warning', hint: 'Add `bandwidth: 1Gbps` to spec.fabric.network, or remove it.' },
          )
}
