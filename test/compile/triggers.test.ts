import { describe, expect, test } from 'vitest'
import { comparators, metrics } from '../../engine/metrics.ts'
import { effectKind, type Model } from '../../engine/model.ts'
import { parse } from '../scenario/parse.ts'
import { compiled, effectAt, plain } from './compiled.ts'

const never = Number.POSITIVE_INFINITY
const metric = (name: string) => metrics.findIndex(entry => entry.name === name)

function members(model: Model, t: number) {
  const { memberStart, memberEffect, memberWeight } = model.triggers
  return Array.from({ length: memberStart[t + 1] - memberStart[t] }, (_, i) => ({
    ...effectAt(model, memberEffect[memberStart[t] + i]),
    weight: memberWeight[memberStart[t] + i],
  }))
}

const conditionOf = (when: string) => {
  const { scenario } = parse({ tail: `failures: [{when: ${when}, blackout: {zone: lab}}]` })
  return scenario.triggers[0].when
}

describe('conditions', () => {
  test('as text', () => {
    expect(conditionOf('utilisation(lab) > 90% for 2m')).toEqual({
      text: 'utilisation(lab) > 90% for 2m',
      metric: 'utilisation',
      of: 'lab',
      op: '>',
      value: 0.9,
      holdS: 120,
    })
    expect(conditionOf('queueLength>=100')).toEqual({
      text: 'queueLength >= 100',
      metric: 'queueLength',
      of: null,
      op: '>=',
      value: 100,
      holdS: 0,
    })
  })

  test('as a mapping mean the same', () => {
    expect(conditionOf('{metric: availability, of: cloud, op: <, value: 0.5, for: 30s}')).toEqual(
      conditionOf('"  availability( cloud )<0.5   for 30s "'),
    )
    expect(conditionOf('{metric: lostAttempts, op: ">", value: 3, for: 0}')).toMatchObject({ holdS: 0, of: null })
  })

  test('are columns', () => {
    const { triggers } = compiled({
      failures: `[{when: utilisation(c) > 0.9 for 2m, for: 5m, rearm: 0s, blackout: {zone: z1}},
    {when: availability <= 1, blackout: {zone: z1}}, {when: jobsInSystem < 4, for: 1s, rearm: 10m, blackout: {zone: z1}}]`,
    })
    expect(triggers.count).toBe(3)
    expect(Array.from(triggers.metric)).toEqual([metric('utilisation'), metric('availability'), metric('jobsInSystem')])
    expect(Array.from(triggers.cluster)).toEqual([2, -1, -1])
    expect(Array.from(triggers.comparator, c => comparators[c])).toEqual(['>', '<=', '<'])
    expect(Array.from(triggers.value)).toEqual([0.9, 1, 4])
    expect(Array.from(triggers.holdS)).toEqual([120, 0, 0])
    expect(Array.from(triggers.forS)).toEqual([300, never, 1])
    expect(Array.from(triggers.rearmS)).toEqual([0, never, 600])
  })
})

describe('what they bring', () => {
  test('is one effect where it is named', () => {
    const model = compiled({
      failures: `[{when: availability < 1, for: 1s, partition: {from: c}}, {at: 1m, blackout: {zone: z2}},
    {when: availability < 1, inflation: {from: a, to: b, factor: 2}}, {when: availability < 1, slow: {cluster: b, factor: 0.5}}]`,
    })
    expect(Array.from(model.triggers.picks)).toEqual([0, 0, 0])
    expect(model.triggers.labels).toEqual([
      'partition c | everything else',
      'latency a → b × 2',
      'slow cluster b × 0.5',
    ])
    expect([0, 1, 2].map(t => members(model, t))).toEqual([
      [{ ...plain({ kind: effectKind.cut, pairs: [2, 5, 6, 7] }), weight: 1 }],
      [{ ...plain({ kind: effectKind.inflate, pairs: [1], factor: 2 }), weight: 1 }],
      [{ ...plain({ kind: effectKind.slow, nodes: [3], factor: 0.5 }), weight: 1 }],
    ])
    expect(model.failures.count).toBe(1)
  })

  test('or members, some of which are drawn', () => {
    const model = compiled({
      failures: `[{when: availability < 1, of: zones}, {when: availability < 1, count: 9, in: {cluster: c}, slow: {factor: 0.5}},
    {when: availability < 1, of: links, count: 2, weightedBy: resiliency}]`,
    })
    expect(Array.from(model.triggers.picks)).toEqual([1, 9, 2])
    expect(model.triggers.labels).toEqual(['1 random zone', '9 random slow nodes of cluster c × 0.5', '2 random links'])
    expect(members(model, 0)).toEqual([
      { ...plain({ kind: effectKind.blackout, nodes: [0, 1, 2, 3] }), weight: 1 },
      { ...plain({ kind: effectKind.blackout, nodes: [4, 5] }), weight: 1 },
    ])
    expect(members(model, 1).map(({ kind, nodes }) => [kind, ...nodes])).toEqual([
      [effectKind.slow, 4],
      [effectKind.slow, 5],
    ])
    expect(members(model, 2).map(({ pairs }) => pairs)).toEqual([
      [1, 3],
      [2, 6],
      [5, 7],
    ])
    expect(members(model, 2).map(({ weight }) => Number(weight.toFixed(9)))).toEqual([1.125, 1.5, 0.375])
  })

  test('every trigger and schedule has effects of its own', () => {
    const model = compiled({
      failures: `[{when: availability < 1, of: nodes}, {mtbf: 6h, mttr: 1m}, {at: 1m, blackout: {zone: z1}}, {when: availability < 1, blackout: {zone: z1}}]`,
    })
    const all = [...model.failures.effect, ...model.randomFailures.effect, ...model.triggers.memberEffect]
    expect([...all].sort((a, b) => a - b)).toEqual([...Array(model.effects.count).keys()])
  })
})
