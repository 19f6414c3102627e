import { describe, expect, test } from 'vitest'
import { effectKind } from '../../engine/model.ts'
import { parse } from '../scenario/parse.ts'
import { compiled, effectAt, plain } from './compiled.ts'

const { blackout, cut, inflate, slow } = effectKind

/** The effect of one failure, and what it is called. Pairs are 3 · from + to. */
function effectOf(failure: string) {
  const model = compiled({ failures: `[{at: 1m, ${failure}}]` })
  expect([model.failures.count, model.effects.count]).toEqual([1, 1])
  return { ...effectAt(model, model.failures.effect[0]), label: model.failures.labels[0] }
}

describe('nodes', () => {
  test('go dark', () => {
    expect(effectOf('blackout: {zone: z1}')).toEqual({
      ...plain({ kind: blackout, nodes: [0, 1, 2, 3] }),
      label: 'zone z1',
    })
  })

  test.each([
    ['{cluster: a, factor: 0.5}', [0, 1, 2], 0.5, 'slow cluster a × 0.5'],
    ['{node: c-node-02, factor: 1}', [5], 1, 'slow node c-node-02 × 1'],
    ['{pool: lab, factor: 0.25}', [0, 1, 2, 4, 5], 0.25, 'slow pool lab × 0.25'],
    ['{zone: z2, factor: 0.001}', [4, 5], 0.001, 'slow zone z2 × 0.001'],
  ])('slow down: %s', (place, nodes, factor, label) =>
    expect(effectOf(`slow: ${place}`)).toEqual({ ...plain({ kind: slow, nodes, factor }), label }),
  )
})

describe('links', () => {
  test.each([
    ['{between: [c, a]}', [2, 6], 'link a–c'],
    ['{from: c, to: a}', [6], 'link c → a'],
    ['{between: [north, south]}', [2, 5, 6, 7], 'link north–south'],
    ['{from: south, to: north}', [6, 7], 'link south → north'],
    ['{between: [north, north]}', [1, 3], 'link north–north'],
    ['{from: a, to: north}', [1], 'link a → north'],
    ['{between: [a, a]}', [], 'link a–a'],
  ])('are cut: %s', (link, pairs, label) =>
    expect(effectOf(`link: ${link}`)).toEqual({ ...plain({ kind: cut, pairs }), label }),
  )

  test.each([
    ['{between: [a, c], factor: 3, add: 50ms}', [2, 6], 3, 0.05, 'latency a–c × 3 + 50ms'],
    ['{from: a, to: c, factor: 1.5}', [2], 1.5, 0, 'latency a → c × 1.5'],
    ['{between: [north, c], add: 1s}', [2, 5, 6, 7], 1, 1, 'latency c–north + 1s'],
    ['{between: [a, a], factor: 2}', [0], 2, 0, 'latency a–a × 2'],
  ])('are slow: %s', (link, pairs, factor, addS, label) =>
    expect(effectOf(`inflation: ${link}`)).toEqual({ ...plain({ kind: inflate, pairs, factor, addS }), label }),
  )
})

describe('partitions', () => {
  test.each([
    ['{from: a}', [1, 2, 3, 6], 'partition a | everything else'],
    ['{from: z1}', [2, 5, 6, 7], 'partition z1 | everything else'],
    ['{from: north, to: south}', [2, 5, 6, 7], 'partition north | south'],
    ['{from: [c, b], to: a}', [1, 2, 3, 6], 'partition b, c | a'],
    ['{from: [b, a, b]}', [2, 5, 6, 7], 'partition a, b | everything else'],
    ['{from: [a, b], to: [b, c]}', [1, 2, 3, 5, 6, 7], 'partition a, b | b, c'],
    ['{from: [a, b, c]}', [], 'partition a, b, c | everything else'],
  ])('cut all links between two sides: %s', (partition, pairs, label) =>
    expect(effectOf(`partition: ${partition}`)).toEqual({ ...plain({ kind: cut, pairs }), label }),
  )

  test('a name is that of a cluster, else of a zone, else of a region', () => {
    const { scenario } = parse({
      fabric: `fabric:
    clusters:
      - {name: x, pool: lab, nodes: 1, zone: y}
      - {name: w, pool: lab, nodes: 1, zone: x, region: y}
      - {name: lab, pool: lab, nodes: 1, zone: z, region: x}`,
      tail: 'failures: [{at: 1m, partition: {from: x}}, {at: 1m, partition: {from: y, to: lab}}]',
    })
    expect(scenario.failures.map(({ effect }) => ('pairs' in effect ? effect.pairs : []))).toEqual([
      [
        ['lab', 'x'],
        ['w', 'x'],
        ['x', 'lab'],
        ['x', 'w'],
      ],
      [
        ['lab', 'x'],
        ['x', 'lab'],
      ],
    ])
  })
})

test('scheduled failures are in order of time, each with its effect', () => {
  const model = compiled({
    failures:
      '[{at: 2m, blackout: {cluster: c}}, {at: 1m, for: 5s, link: {from: a, to: b}}, {at: 2m, slow: {cluster: b, factor: 0.5}}]',
  })
  expect(Array.from(model.failures.atS)).toEqual([60, 120, 120])
  expect(Array.from(model.failures.forS)).toEqual([5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
  expect(Array.from(model.failures.effect, e => effectAt(model, e))).toEqual([
    plain({ kind: cut, pairs: [1] }),
    plain({ kind: blackout, nodes: [4, 5] }),
    plain({ kind: slow, nodes: [3], factor: 0.5 }),
  ])
})
