/** What failures do to what they name. */
import { duration } from '../../describe-failure.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { ScenarioEffect, ScenarioPairs, ScenarioTarget } from '../scenario.ts'
import type { FailureView, LinkEnds } from '../view.ts'
import { meets, sitesOf, waysOf } from './links.ts'
import { sideOf } from './sides.ts'

/** Fields of a failure each of which is an effect. */
export const effectKinds = ['blackout', 'link', 'partition', 'inflation', 'slow'] as const

export const targetKinds = ['zone', 'cluster', 'pool', 'node'] as const

/** The effect of a failure that names what it hits; undefined where there is none, or a part of it cannot be read. */
export function resolveEffect(view: FailureView, path: Path, context: Context): ScenarioEffect | undefined {
  const { blackout, link, partition, inflation, slow } = view
  if (blackout !== undefined) {
    const target = targetOf(blackout)
    return target && { kind: 'blackout', target }
  }
  if (link !== undefined) return { kind: 'link', pairs: linkPairs(link, context).filter(([from, to]) => from !== to) }
  if (partition !== undefined) return { kind: 'partition', pairs: partitionPairs(partition, context) }
  if (inflation !== undefined) return inflationOf(inflation, [...path, 'inflation'], context)
  const target = targetOf(slow ?? {})
  const factor = slow?.factor
  return target === undefined || factor === undefined ? undefined : { kind: 'slow', target, factor }
}

export function targetOf(places: NonNullable<FailureView['blackout']>): ScenarioTarget | undefined {
  const kind = targetKinds.find(candidate => places[candidate] !== undefined)
  const name = kind === undefined ? undefined : places[kind]
  return kind === undefined || name === undefined ? undefined : { kind, name }
}

function inflationOf(
  view: NonNullable<FailureView['inflation']>,
  path: Path,
  context: Context,
): ScenarioEffect | undefined {
  const factor = context.orDefault(view.factor, [...path, 'factor'], 1)
  const addS = context.orDefault(context.read('duration', view.add, [...path, 'add']), [...path, 'add'], 0)
  if (factor === undefined || addS === undefined) return undefined
  return { kind: 'inflation', pairs: linkPairs(view, context), factor, addS }
}

/** Pairs of clusters that a link means: of regions, every two of them. */
export function linkPairs(link: LinkEnds, context: Context): ScenarioPairs {
  const sites = sitesOf(context)
  const ways = waysOf(link)
  return inOrder(
    sites.flatMap(from =>
      sites.flatMap(
        (to): ScenarioPairs => (ways.some(ends => meets(ends, from, to, context)) ? [[from.name, to.name]] : []),
      ),
    ),
  )
}

function partitionPairs({ from, to }: NonNullable<FailureView['partition']>, context: Context): ScenarioPairs {
  const one = sideOf(from, context)
  const other = to === undefined ? context.names.clusters.filter(name => !one.includes(name)) : sideOf(to, context)
  return inOrder(
    one.flatMap(a =>
      other.flatMap(
        (b): ScenarioPairs =>
          a === b
            ? []
            : [
                [a, b],
                [b, a],
              ],
      ),
    ),
  )
}

/** Each once, by the names: the order of the file is no matter. */
function inOrder(pairs: ScenarioPairs): ScenarioPairs {
  const distinct = new Map(pairs.map(pair => [JSON.stringify(pair), pair]))
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return [...distinct.values()].sort(([a, b], [c, d]) => compare(a, c) || compare(b, d))
}

/** `zone eu-1`, `link a–b`, `partition a, b | c`: what a person calls it. */
export function effectLabel(view: FailureView, effect: ScenarioEffect): string {
  if (effect.kind === 'blackout') return `${effect.target.kind} ${effect.target.name}`
  if (effect.kind === 'slow') return `slow ${effect.target.kind} ${effect.target.name} × ${effect.factor}`
  if (effect.kind === 'link') return `link ${endsText(view.link ?? {})}`
  if (effect.kind === 'partition') return `partition ${sidesText(view.partition ?? {})}`
  const times = effect.factor === 1 ? '' : ` × ${effect.factor}`
  const plus = effect.addS === 0 ? '' : ` + ${duration(effect.addS)}`
  return `latency ${endsText(view.inflation ?? {})}${times}${plus}`
}

const sidesText = ({ from, to }: NonNullable<FailureView['partition']>): string =>
  `${listText(from)} | ${to === undefined ? 'everything else' : listText(to)}`

const endsText = ({ between, from, to }: LinkEnds): string =>
  between === undefined ? `${from} → ${to}` : [...between].sort().join('–')

const listText = (names: string | readonly (string | undefined)[] | undefined): string =>
  [...new Set([names ?? []].flat())].sort().join(', ')
