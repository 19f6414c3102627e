/** Labels, taints and zones of data: which nodes stages may use. That every policy keeps to it is in the conformance suite. */
import { describe, expect, it, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { labelledWorld } from '../../runner/conformance/labelled-world.ts'
import type { ScenarioError } from '../../runner/errors.ts'

/** Clusters that each workload's stage may use. */
function allowed(...stages: string[]): string[] {
  const { clusters, classes, stages: columns } = compile(labelledWorld(...stages)).model
  return stages.map((_, i) => {
    const stageClass = columns.class[i]
    const groups = classes.groups.slice(classes.groupStart[stageClass], classes.groupStart[stageClass + 1])
    return Array.from(groups, group => clusters.names[group]).join('')
  })
}

describe('a stage may use', () => {
  test.each([
    ['cpu: 1', 'a'],
    ["tolerations: ['*']", 'abcd'],
    ['tolerations: [spot]', 'ab'],
    ["tolerations: ['spot:NoSchedule']", 'a'],
    ["tolerations: ['dedicated=gpu']", 'acd'],
    ["tolerations: ['dedicated=gpu:NoSchedule', spot]", 'abcd'],
    ["tolerations: ['dedicated=cpu']", 'a'],
    ["tolerations: ['*'], nodeSelector: { gpu-model: T4 }", 'c'],
    ["tolerations: ['*'], nodeSelector: { gpu-model: [T4, P100] }", 'cd'],
    // A cluster's labels take the place of its pool's.
    ["tolerations: ['*'], nodeSelector: { tier: gold }", 'c'],
    // Data that must stay in a region.
    ["tolerations: ['*'], nodeSelector: { topology.kubernetes.io/region: [DE, FR] }", 'abc'],
    ["tolerations: ['*'], nodeSelector: { fabricdt.io/pool: cards, topology.kubernetes.io/region: DE }", 'c'],
  ])('with %s the clusters %s', (stage, clusters) => {
    expect(allowed(stage)).toEqual([clusters])
  })

  it('what its own constraints say, though another asks for as much', () => {
    expect(allowed('cpu: 1', "cpu: 1, tolerations: ['*']", 'cpu: 1, tolerations: [spot]')).toEqual(['a', 'abcd', 'ab'])
  })
})

function problemsOf(stage: string): string[] {
  try {
    allowed(stage)
    return []
  } catch (error) {
    return (error as ScenarioError).diagnostics.map(({ message }) => message)
  }
}

describe('what fits nowhere is said', () => {
  test.each([
    ['nodeSelector: { gpu-model: A100 }', 'no node of the fabric has the label gpu-model: A100'],
    ['nodeSelector: { gpu-model: T4 }', 'together'],
  ])('%s', (stage, words) => {
    expect(problemsOf(stage)).toEqual([expect.stringContaining(words)])
  })
})
