import { describe, expect, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { parse } from '../scenario/parse.ts'
import { compiled } from './compiled.ts'

const none = Number.POSITIVE_INFINITY

describe('bandwidth', () => {
  test('is not limited unless it is said', () => expect(new Set(compiled().bandwidth)).toEqual(new Set([none])))

  test('is in bytes a second, by the two clusters, never inside one', () => {
    const { bandwidth } = compiled({ network: '{bandwidth: 8Mbps, links: [{from: c, to: a, bandwidth: 3MB/s}]}' })
    expect(Array.from(bandwidth)).toEqual([none, 1e6, 1e6, 1e6, none, 1e6, 3e6, 1e6, none])
  })

  test('of regions', () => {
    const { bandwidth } = compiled({ network: '{links: [{between: [north, south], bandwidth: 8Mbps}]}' })
    expect(Array.from(bandwidth)).toEqual([none, none, 1e6, none, none, 1e6, 1e6, 1e6, none])
  })

  test('clusters may be called as what objects inherit', () => {
    const { scenario } = parse({
      fabric: 'fabric: {clusters: [{name: constructor, pool: lab, nodes: 1}, {name: name, pool: lab, nodes: 1}]}',
      workloads:
        'workloads: [{name: jobs, origin: {cluster: name}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s}]}}]',
    })
    expect(new Set(compile(scenario).model.bandwidth)).toEqual(new Set([none]))
  })
})

describe('data', () => {
  test('is in bytes, by the stage', () => {
    const { stages } = compiled({
      stages: '[{id: first, duration: 1s, input: 20MB, output: 2Mi}, {after: [first], duration: 1s}]',
    })
    expect(Array.from(stages.inputBytes)).toEqual([20e6, 0])
    expect(Array.from(stages.outputBytes)).toEqual([2 * 1024 ** 2, 0])
  })

  test('takes time only with a bandwidth: else that is told', () => {
    const warnings = (network: string) =>
      parse({
        fabric: `fabric: {clusters: [{name: lab, pool: lab, nodes: 2}, {name: cloud, pool: lab, nodes: 2}], network: ${network}}`,
        workloads:
          'workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s, input: 0, output: 1MB}]}}]',
      }).warnings.map(({ message }) => message)
    expect(warnings('{latency: 1ms}')).toEqual(['no bandwidth is said: this output takes no time'])
    expect(warnings('{bandwidth: 1Gbps}')).toEqual([])
    expect(warnings('{links: [{between: [lab, cloud], bandwidth: 1Gbps}]}')).toEqual([])
  })
})
