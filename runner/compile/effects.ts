/** What failures do, gathered into one table while their triggers are compiled. */
import { type Effects, effectKind } from '../../engine/model.ts'
import { starts } from './fabric.ts'

export interface Effect {
  kind: keyof typeof effectKind
  factor: number
  addS: number
  nodes: readonly number[]
  pairs: readonly number[]
}

export class EffectList {
  private readonly effects: Effect[] = []

  /** Its index. */
  add(effect: Partial<Effect> & Pick<Effect, 'kind'>): number {
    return this.effects.push({ factor: 1, addS: 0, nodes: [], pairs: [], ...effect }) - 1
  }

  columns(): Effects {
    const { effects } = this
    return {
      count: effects.length,
      kind: Uint8Array.from(effects, effect => effectKind[effect.kind]),
      factor: Float64Array.from(effects, effect => effect.factor),
      addS: Float64Array.from(effects, effect => effect.addS),
      nodeStart: starts(effects.map(effect => effect.nodes.length)),
      nodes: Int32Array.from(effects.flatMap(effect => effect.nodes)),
      pairStart: starts(effects.map(effect => effect.pairs.length)),
      pairs: Int32Array.from(effects.flatMap(effect => effect.pairs)),
    }
  }
}
