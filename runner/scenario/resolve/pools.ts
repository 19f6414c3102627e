/** Pools and what they extend. */
import type { Context } from '../context.ts'
import { findPreset } from '../presets.ts'
import type { PoolView, SpecView } from '../view.ts'
import { nodeOf, nodeOfPreset, type PartialNode } from './nodes.ts'

/** One step of a chain of pools, from the pool asked for down to what it extends in the end. */
export type PoolStep = { kind: 'pool'; name: string; view: PoolView } | { kind: 'preset'; name: string }

export type Chain =
  | { steps: PoolStep[] }
  | { steps: PoolStep[]; unknown: string }
  | { steps: PoolStep[]; cycle: string[] }

/** The chain of a pool; it may end at a name that nobody declared, or go round. */
export function chainOf(name: string, view: SpecView): Chain {
  const steps: PoolStep[] = []
  for (let current: string | undefined = name; current !== undefined; ) {
    const pool: PoolView | undefined = ownPool(current, view)
    if (pool === undefined)
      return findPreset(current) === undefined
        ? { steps, unknown: current }
        : { steps: [...steps, { kind: 'preset', name: current }] }
    const before = steps.findIndex(step => step.name === current)
    if (before >= 0) return { steps, cycle: [...steps.slice(before).map(step => step.name), current] }
    steps.push({ kind: 'pool', name: current, view: pool })
    const base: string | undefined = pool.extends ?? (findPreset(current) === undefined ? undefined : current)
    // A pool that extends its own name means the preset.
    if (base === current && findPreset(base) !== undefined) return { steps: [...steps, { kind: 'preset', name: base }] }
    current = base
  }
  return { steps }
}

const ownPool = (name: string, view: SpecView): PoolView | undefined => {
  const pools = view.fabric?.pools ?? {}
  return Object.hasOwn(pools, name) ? pools[name] : undefined
}

/** What a pool says, nearest first; undefined where its chain is broken. */
export function layersOf(name: string, context: Context): PartialNode[] | undefined {
  const chain = chainOf(name, context.view)
  if ('unknown' in chain || 'cycle' in chain) return undefined
  return chain.steps.map(step =>
    step.kind === 'pool'
      ? nodeOf(step.view, ['spec', 'fabric', 'pools', step.name], context)
      : nodeOfPreset(findPreset(step.name)?.pool ?? {}),
  )
}
