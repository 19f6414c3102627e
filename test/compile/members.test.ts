import { describe, expect, test } from 'vitest'
import { effectKind } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import { compiled, effectAt, plain } from './compiled.ts'

const { blackout, cut, slow } = effectKind

/** Members of one schedule: 3 · from + to are pairs. */
function membersOf(fields: string) {
  const model = compiled({ failures: `[{mtbf: 6h, mttr: 15m${fields}}]` })
  const { randomFailures } = model
  return Array.from(randomFailures.effect, (e, i) => ({
    ...effectAt(model, e),
    hash: randomFailures.hash[i],
    ordinal: randomFailures.ordinal[i],
    weight: randomFailures.weight[i],
  }))
}

describe('random failures', () => {
  test('of nodes, dark or slow', () => {
    const members = membersOf(', in: {cluster: c}')
    expect(members).toEqual([
      { ...plain({ kind: blackout, nodes: [4] }), hash: hashName('c'), ordinal: 0, weight: 1 },
      { ...plain({ kind: blackout, nodes: [5] }), hash: hashName('c'), ordinal: 1, weight: 1 },
    ])
    expect(membersOf(', in: {cluster: c}, slow: {factor: 0.3}')).toEqual(
      members.map(member => ({ ...member, kind: slow, factor: 0.3 })),
    )
  })

  test('of zones and clusters that are slow', () => {
    expect(membersOf(', of: zones, slow: {factor: 0.5}')).toMatchObject([
      { kind: slow, factor: 0.5, nodes: [0, 1, 2, 3], ordinal: 0xfffffffe },
      { kind: slow, factor: 0.5, nodes: [4, 5], ordinal: 0xfffffffe },
    ])
    expect(membersOf(', of: clusters, in: {pool: lab}, slow: {factor: 0.5}')).toMatchObject([
      { kind: slow, nodes: [0, 1, 2], ordinal: 0xffffffff },
      { kind: slow, nodes: [4, 5], ordinal: 0xffffffff },
    ])
  })

  test('of links: every two clusters, cut both ways', () => {
    const link = (one: string, other: string, pairs: number[]) => ({
      ...plain({ kind: cut, pairs }),
      hash: hashName(one),
      ordinal: hashName(other),
      weight: 1,
    })
    const [ab, ac, bc] = [link('a', 'b', [1, 3]), link('a', 'c', [2, 6]), link('b', 'c', [5, 7])]
    expect(membersOf(', of: links')).toEqual([ab, ac, bc])
    expect(membersOf(', of: links, in: {cluster: c}')).toEqual([ac, bc])
    expect(membersOf(', of: links, in: {zone: z1}')).toEqual([ab, ac, bc])
    expect(membersOf(', of: links, in: {pool: edge}')).toEqual([ab, bc])
  })

  test('a link is as resilient as its two clusters on the average', () => {
    // 1 − r: 0.3 of a, 0 of b, 0.1 of c; of links 0.15, 0.2, 0.05.
    const weights = membersOf(', of: links, weightedBy: resiliency').map(({ weight }) => weight)
    expect(weights.map(weight => Number(weight.toFixed(9)))).toEqual([1.125, 1.5, 0.375])
  })
})
