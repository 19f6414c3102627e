import type { Path } from '../document.ts'
import type { Rule } from './rule.ts'

/** Data takes time only where a bandwidth is said. One warning for all: what mends one mends them all. */
export const transfers: Rule = (context, draft) => {
  const network: Path = ['spec', 'fabric', 'network']
  // What is said of it may be wrong, and has been told.
  const says = (...steps: Path) => context.says([...network, ...steps, 'bandwidth'])
  if (says() || (context.view.fabric?.network?.links ?? []).some((_, i) => says('links', i))) return
  const found = draft.workloads.flatMap((workload, i) =>
    (workload?.stages ?? []).flatMap((stage, k) =>
      (['input', 'output'] as const)
        .filter(field => (stage?.[`${field}Bytes`] ?? 0) > 0)
        .map(field => ({ field, path: ['spec', 'workloads', i, 'job', 'stages', k, field] as Path })),
    ),
  )
  if (found.length === 0) return
  const [{ field, path }] = found
  const more = found.length - 1
  context.problems.add(
    'out-of-range',
    path,
    `no bandwidth is said: this ${field}${more === 0 ? ' takes' : ` and ${more} more take`} no time`,
    { severity: 'warning', hint: 'Add `bandwidth: 1Gbps` to spec.fabric.network, or remove it.' },
  )
}
