import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { linkPairs } from '../resolve/effects.ts'
import { waysOf } from '../resolve/links.ts'
import { namesOf, sideOf } from '../resolve/sides.ts'
import { suggest } from '../suggest.ts'
import type { FailureView } from '../view.ts'
import { checkEnds, hasUnknown } from './link-ends.ts'
import { checkEndNames } from './links.ts'
import type { Rule } from './rule.ts'

/** Links that are cut or slow lie between clusters that there are, and something happens to them. */
export const failureLinks: Rule = context => {
  for (const [i, failure] of (context.view.failures ?? []).entries()) {
    const path: Path = ['spec', 'failures', i]
    for (const kind of ['link', 'inflation'] as const) {
      const link = failure?.[kind]
      if (link !== undefined) checkLink(link, kind, [...path, kind], context)
    }
    if (failure?.inflation !== undefined) checkInflation([...path, 'inflation'], failure, context)
    if (failure?.partition !== undefined) checkPartition([...path, 'partition'], failure.partition, context)
  }
}

type Link = NonNullable<FailureView['inflation']>

function checkLink(link: Link, kind: 'link' | 'inflation', path: Path, context: Context): void {
  const { names, problems } = context
  if (!hasUnknown(context, path, ['between', 'from', 'to', 'factor', 'add'])) checkEnds(path, `“${kind}”`, context)
  checkEndNames(link, path, context)
  const ways = waysOf(link)
  const known = ways.every(ends => [ends.from, ends.to].every(name => isEnd(name, context)))
  if (ways.length === 0 || !known) return
  const [{ from, to }] = ways
  const inside = from === to && names.clusters.includes(from)
  if (inside)
    problems.add(
      'out-of-range',
      path,
      kind === 'link'
        ? `both ends are the cluster “${from}”: nothing is cut`
        : `both ends are the cluster “${from}”: only the latency inside it grows`,
      { severity: 'warning', key: true, hint: 'Name two clusters.' },
    )
  else if (linkPairs(link, context).length === 0)
    problems.add('out-of-range', path, `no two clusters lie so: nothing happens`, {
      severity: 'warning',
      key: true,
      hint: 'Name two clusters, or a region of several.',
    })
}

const isEnd = (name: string, { names }: Context): boolean =>
  names.clusters.includes(name) || names.regions.includes(name)

/** Latencies grow by something. */
function checkInflation(path: Path, { inflation }: FailureView, context: Context): void {
  const says = (field: string) => context.says([...path, field])
  if (!says('factor') && !says('add') && !hasUnknown(context, path, ['between', 'from', 'to']))
    context.problems.add('missing-field', path, '“inflation” needs `factor`, `add` or both', {
      hint: 'Add one, such as `factor: 3`.',
    })
  else if (inflation?.factor === 1 && !says('add'))
    context.problems.add('out-of-range', [...path, 'factor'], 'a factor of 1 changes nothing', {
      severity: 'warning',
      hint: 'Give a larger factor, or `add`.',
    })
}

function checkPartition(path: Path, partition: NonNullable<FailureView['partition']>, context: Context): void {
  const { names, problems } = context
  const known = [...names.clusters, ...names.zones, ...names.regions]
  let wrong = false
  for (const field of ['from', 'to'] as const)
    for (const [k, name] of namesOf(partition[field]).entries()) {
      if (known.includes(name)) continue
      wrong = true
      const place = Array.isArray(partition[field]) ? [...path, field, k] : [...path, field]
      problems.add('unknown-reference', place, `there is no cluster, zone or region “${name}”`, {
        hint: suggest(name, known, 'Declare it under clusters.'),
      })
    }
  const [from, to] = [sideOf(partition.from, context), sideOf(partition.to, context)]
  if (wrong || from.length === 0 || (context.says([...path, 'to']) && to.length === 0)) return
  const both = from.filter(name => to.includes(name))
  const one = new Set([...from, ...to]).size === 1
  if (partition.to === undefined ? from.length === names.clusters.length : one)
    problems.add('out-of-range', path, 'there is no cluster on the other side: nothing is cut', {
      severity: 'warning',
      key: true,
      hint: 'Name two sides.',
    })
  else if (both.length > 0)
    problems.add(
      'out-of-range',
      [...path, 'to'],
      `${both.join(', ')} ${both.length === 1 ? 'lies' : 'lie'} on both sides`,
      {
        severity: 'warning',
        key: true,
        hint: 'Name each cluster on one side only.',
      },
    )
}
