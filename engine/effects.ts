/** What failures do while they last: nodes go dark or slow, pairs of clusters are cut or slow. */
import { cutPair, mendPair } from './link-failures.ts'
import { effectKind } from './model.ts'
import { bringUp, takeDown } from './node-failures.ts'
import type { Run } from './run.ts'

/** Of each thing that several effects may act on at once, those in force, in order. */
export class EffectsInForce {
  private readonly of: number[][] = []

  add(thing: number, effect: number): readonly number[] {
    this.of[thing] ??= []
    this.of[thing].push(effect)
    return this.of[thing].sort((a, b) => a - b)
  }

  remove(thing: number, effect: number): readonly number[] {
    this.of[thing].splice(this.of[thing].indexOf(effect), 1)
    return this.of[thing]
  }
}

/** What a kind of failure does to one node or pair, when it comes and when it goes. */
interface Act {
  readonly apply: (run: Run, thing: number, effect: number) => void
  readonly lift: (run: Run, thing: number, effect: number) => void
}

/** The table of kinds: one line each. */
const acts: Readonly<Record<keyof typeof effectKind, Act>> = {
  blackout: { apply: takeDown, lift: bringUp },
  cut: { apply: cutPair, lift: mendPair },
  inflate: {
    apply: (run, pair, effect) => inflate(run, pair, run.inflated.add(pair, effect)),
    lift: (run, pair, effect) => inflate(run, pair, run.inflated.remove(pair, effect)),
  },
  slow: {
    apply: (run, node, effect) => slowDown(run, node, run.slowed.add(node, effect)),
    lift: (run, node, effect) => slowDown(run, node, run.slowed.remove(node, effect)),
  },
}
const kinds = Object.keys(effectKind) as (keyof typeof effectKind)[]

export const apply = (run: Run, effect: number): void => onEach(run, effect, 'apply')

export const lift = (run: Run, effect: number): void => onEach(run, effect, 'lift')

function onEach(run: Run, effect: number, what: keyof Act): void {
  if (run.outside?.effect(effect, what === 'apply') === true) return
  const { kind, nodes, nodeStart, pairs, pairStart } = run.model.effects
  const act = acts[kinds[kind[effect]]][what]
  for (let i = nodeStart[effect]; i < nodeStart[effect + 1]; i++) act(run, nodes[i], effect)
  for (let i = pairStart[effect]; i < pairStart[effect + 1]; i++) act(run, pairs[i], effect)
}

/** A node runs on with what its effects leave of its speed. */
function slowDown(run: Run, node: number, inForce: readonly number[]): void {
  run.contention?.setSlow(
    node,
    inForce.reduce((factor, effect) => factor * run.model.effects.factor[effect], 1),
  )
}

/** Messages take longer, each effect upon the other. */
function inflate(run: Run, pair: number, inForce: readonly number[]): void {
  const { factor, addS } = run.model.effects
  run.network.latencyS[pair] = inForce.reduce(
    (latencyS, effect) => latencyS * factor[effect] + addS[effect],
    run.model.latencyS[pair],
  )
}
