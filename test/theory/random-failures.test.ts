/** Random failures against renewal theory, and what becomes of the run. */
import { describe, expect, it } from 'vitest'
import { upShare } from '../../runner/selftest/theory/availability.ts'
import type { RandomFailureSpec } from '../reference/model-spec.ts'
import { logLines, run, tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, replicate } from './interval.ts'

const nodes = 8
const [upS, downS] = [90, 10]
const each = (weight = (_node: number) => 1): RandomFailureSpec['members'] =>
  Array.from({ length: nodes }, (_, node) => ({
    name: 'c',
    ordinal: node,
    weight: weight(node),
    victims: [{ cluster: 'c', node }],
  }))
const exponential = { up: { kind: 'exponential', a: upS }, down: { kind: 'exponential', a: downS } }

describe('random failures', () => {
  const world = (schedule: RandomFailureSpec) =>
    tinyModel({ seed: 5, horizonS: 20_000, warmupS: 2000, nodes, randomFailures: [schedule], workloads: [] })

  it.each([
    ['exponential', exponential],
    ['Weibull and constant', { up: { kind: 'weibull', a: upS, b: 0.5 }, down: { kind: 'constant', a: 2 * downS } }],
  ])('leave up / (up + down) of the time: %s', (_, times) => {
    const { share } = replicate(world({ ...times, members: each() }), {
      share: ({ clusters }) => clusters.upCoreS[0] / clusters.capacityCoreS[0],
    })
    expectTheory(share, upShare(upS, downS), 0.02)
  })

  it('come more often with more weight, and never with none', () => {
    const weights = [0, 1, 2, 4]
    const members = each(node => weights[node % 4])
    const { share } = replicate(world({ ...exponential, members }), {
      share: ({ clusters }) => clusters.upCoreS[0] / clusters.capacityCoreS[0],
    })
    const shares = weights.map(weight => (weight === 0 ? 1 : upShare(upS / weight, downS)))
    expectTheory(share, shares.reduce((sum, value) => sum + value) / 4, 0.02)
  })

  it('of clusters take all their nodes at once', () => {
    const members = [{ name: 'c', ordinal: 0, victims: [{ cluster: 'c', node: '*' as const }] }]
    const times = { up: { kind: 'constant', a: 7 }, down: { kind: 'constant', a: 3 } }
    const model = tinyModel({ horizonS: 27, nodes: 2, randomFailures: [{ ...times, members }], workloads: [] })
    expect(logLines(model).map(line => line.replace('node-', ''))).toEqual(
      [7, 17, 27].flatMap(t => [
        ...[0, 1].map(node => `${t} down@${node}`),
        ...[0, 1].map(node => `${t} detected@${node}`),
        ...(t < 27 ? [0, 1].map(node => `${t + 3} up@${node}`) : []),
      ]),
    )
  })

  it('do not keep a run without horizon from ending with its last job', () => {
    const randomFailures = [{ up: { kind: 'constant', a: 4 }, down: { kind: 'constant', a: 1 }, members: each() }]
    const model = tinyModel({ nodes, randomFailures, workloads: [{ name: 'w', trace: [{ submitS: 6, runS: 2.5 }] }] })
    expect(run(model).endS).toBe(8.5)
  })
})
