import { describe, expect, test } from 'vitest'
import { assumptionsOf } from '../../runner/assumptions.ts'
import { describeFailure, describeTrigger } from '../../runner/describe-failure.ts'
import { parse } from './parse.ts'

const failuresOf = (failures: string) => parse({ tail: `failures: ${failures}` }).scenario

describe('random failures', () => {
  const said = (fields: string) => {
    const { randomFailures } = failuresOf(`[{mtbf: 6h, mttr: 15m${fields}}]`)
    return [randomFailures[0].label, describeFailure(randomFailures[0])]
  }
  const times = (bad = 'down') => `up for mean 6h (exponential), ${bad} for mean 15m (exponential)`

  test('go dark', () =>
    expect(said(', in: {pool: lab}')).toEqual([
      'random nodes of pool lab',
      `Nodes of pool lab fail at random, whatever their load and whatever else fails: ${times()}.`,
    ]))

  test('are slow', () =>
    expect(said(', of: zones, slow: {factor: 0.3}')).toEqual([
      'random slow zones × 0.3',
      `Zones, each as a whole, slow down to 0.3 of their speed at random, whatever their load and whatever else fails: ${times('slow')}.`,
    ]))

  test('are links', () =>
    expect(said(', of: links, in: {cluster: lab}')).toEqual([
      'random links of cluster lab',
      `Links between two clusters with an end in cluster lab are cut both ways at random, whatever their load and whatever else fails: ${times()}.`,
    ]))
})

test.each([
  ['when: availability < 1, blackout: {zone: lab}', 'zone lab for good, when availability < 1'],
  [
    'when: utilisation(lab) > 0.9 for 2m, for: 5m, rearm: 10m, of: nodes, count: 2',
    '2 random nodes for 5m, when utilisation(lab) > 0.9 for 2m, again from 10m after its end on',
  ],
  [
    'when: queueLength >= 9, for: 90s, partition: {from: cloud, to: lab}',
    'partition cloud | lab for 90s, when queueLength >= 9',
  ],
])('a trigger: %s', (fields, words) => expect(describeTrigger(failuresOf(`[{${fields}}]`).triggers[0])).toBe(words))

describe('what a prediction rests on', () => {
  const assumptions = (parts: Parameters<typeof parse>[0]) => assumptionsOf(parse(parts).scenario, []).join(' ')
  const plain = assumptions({})

  test('says nothing of what is not there', () => {
    expect(plain).toContain('moving data costs nothing but latency')
    expect(plain).toContain('CPU is not overcommitted')
    expect(plain).not.toMatch(/cut|Conditions/)
  })

  test('names crowded nodes, shared links and conditions', () => {
    const words = assumptions({
      fabric:
        'fabric: {clusters: [{name: lab, pool: lab, nodes: 2, overcommit: 2}, {name: cloud, pool: lab, nodes: 1}], network: {bandwidth: 1Gbps}}',
      workloads:
        'workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s, input: 1MB}]}}]',
      tail: 'failures: [{when: availability < 1, of: links}]',
    })
    expect(words).toContain('More CPU can be requested than there is on the nodes of lab.')
    expect(words).toContain('shares the bandwidth of the link')
    expect(words).toContain('Over a link that is cut nothing goes')
    expect(words).toContain('Conditions of failures are looked at whenever anything happens')
    expect(words).not.toMatch(/not overcommitted|costs nothing but latency/)
  })
})
