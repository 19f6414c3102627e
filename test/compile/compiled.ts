/** Small scenarios compiled, for the tests of the columns. */
import type { Column, Model } from '../../engine/model.ts'
import { compile } from '../../runner/compile/compile.ts'
import { parse } from '../scenario/parse.ts'

const clusters = `
      - {name: c, pool: lab, nodes: 2, zone: z2, region: south, resiliency: 0.9}
      - {name: a, pool: lab, nodes: 3, zone: z1, region: north, resiliency: 0.7}
      - {name: b, pool: edge, nodes: 1, zone: z1, region: north, resiliency: 1}`

/** Clusters a (nodes 0 … 2), b (3) and c (4, 5); a and b in zone z1, region north. */
export const compiled = (more: { network?: string; stages?: string; failures?: string } = {}): Model =>
  compile(
    parse({
      fabric: `fabric:\n    clusters:${clusters}\n    network: ${more.network ?? '{}'}`,
      workloads: `workloads:\n    - {name: jobs, origin: {cluster: a}, arrivals: {rate: 2/s}, job: {stages: ${more.stages ?? '[{duration: 1s}]'}}}`,
      tail: `failures: ${more.failures ?? '[]'}`,
    }).scenario,
  ).model

export interface PlainEffect {
  kind: number
  factor: number
  addS: number
  nodes: number[]
  pairs: number[]
}

/** One effect of the table. */
export function effectAt({ effects }: Model, e: number): PlainEffect {
  const part = (column: Column, start: Column) => Array.from(column).slice(start[e], start[e + 1])
  return {
    kind: effects.kind[e],
    factor: effects.factor[e],
    addS: effects.addS[e],
    nodes: part(effects.nodes, effects.nodeStart),
    pairs: part(effects.pairs, effects.pairStart),
  }
}

/** An effect with what most have. */
export const plain = (effect: Partial<PlainEffect> & Pick<PlainEffect, 'kind'>): PlainEffect => ({
  factor: 1,
  addS: 0,
  nodes: [],
  pairs: [],
  ...effect,
})
