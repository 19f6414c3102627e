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

export function apply(run: Run, effect: number): void {
  const { kind, nodes, nodeStart, pairs, pairStart } = run.model.effects
  for (let i = nodeStart[effect]; i < nodeStart[effect + 1]; i++)
    if (kind[effect] === effectKind.slow) slowDown(run, nodes[i], run.slowed.add(nodes[i], effect))
    else takeDown(run, nodes[i])
  for (let i = pairStart[effect]; i < pairStart[effect + 1]; i++)
    if (kind[effect] === effectKind.inflate) inflate(run, pairs[i], run.inflated.add(pairs[i], effect))
    else cutPair(run, pairs[i])
}

export function lift(run: Run, effect: number): void {
  const { kind, nodes, nodeStart, pairs, pairStart } = run.model.effects
  for (let i = nodeStart[effect]; i < nodeStart[effect + 1]; i++)
    if (kind[effect] === effectKind.slow) slowDown(run, nodes[i], run.slowed.remove(nodes[i], effect))
    else bringUp(run, nodes[i])
  for (let i = pairStart[effect]; i < pairStart[effect + 1]; i++)
    if (kind[effect] === effectKind.inflate) inflate(run, pairs[i], run.inflated.remove(pairs[i], effect))
    else mendPair(run, pairs[i])
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
