/** What failures do, as columns: nodes and pairs of clusters, by their index. */
import { type Effects, effectKind } from '../../engine/model.ts'
import { pairIndex, starts } from './build-fabric.ts'
import type { ClusterSpec, EffectSpec, VictimSpec } from './model-spec.ts'

/** In the order in which they are met. */
export class EffectList {
  private readonly effects: EffectSpec[] = []
  private readonly clusters: readonly ClusterSpec[]
  private readonly nodeStart: Int32Array

  constructor(clusters: readonly ClusterSpec[], nodeStart: Int32Array) {
    this.clusters = clusters
    this.nodeStart = nodeStart
  }

  /** Index of an effect, which is one more even if it is like another. */
  add(effect: EffectSpec): number {
    return this.effects.push(effect) - 1
  }

  columns(): Effects {
    const { effects } = this
    const nodes = effects.map(({ victims = [] }) => ascending(victims.flatMap(victim => this.nodesOf(victim))))
    const pairs = effects.map(({ pairs = [] }) => ascending(pairs.map(pair => pairIndex(this.clusters, pair))))
    return {
      count: effects.length,
      kind: Uint8Array.from(effects, kindOf),
      factor: Float64Array.from(effects, ({ slow, inflate }) => slow ?? inflate?.factor ?? 1),
      addS: Float64Array.from(effects, ({ inflate }) => inflate?.addS ?? 0),
      nodeStart: starts(nodes.map(list => list.length)),
      nodes: Int32Array.from(nodes.flat()),
      pairStart: starts(pairs.map(list => list.length)),
      pairs: Int32Array.from(pairs.flat()),
    }
  }

  private nodesOf({ cluster, node }: VictimSpec): number[] {
    const index = this.clusters.findIndex(({ name }) => name === cluster)
    const first = this.nodeStart[index]
    const all = Array.from({ length: this.nodeStart[index + 1] - first }, (_, i) => first + i)
    return node === '*' ? all : [all[node]]
  }
}

function kindOf({ pairs, inflate, slow }: EffectSpec): number {
  if (inflate !== undefined) return effectKind.inflate
  if (pairs !== undefined) return effectKind.cut
  return slow === undefined ? effectKind.blackout : effectKind.slow
}

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b)
