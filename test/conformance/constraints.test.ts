/** Labels, taints and zones of data: which nodes stages may use, and that every policy keeps to it. */
import { describe, expect, it, test } from 'vitest'
import { policies, simulate } from '../../engine/index.ts'
import { withDefaults } from '../../engine/schema.ts'
import { compile } from '../../runner/compile/compile.ts'
import type { ScenarioError } from '../../runner/errors.ts'
import { parseScenario } from '../../runner/scenario/load.ts'

const scenarioOf = (stages: string, more = '') => `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: constraints }
spec:
  fabric:
    pools:
      plain: { cpu: 4, memory: 16Gi, power: { idle: 10W, busy: 20W } }
      cards: { extends: plain, gpu: 2, labels: { gpu-model: T4, tier: gold }, taints: ['dedicated=gpu:NoSchedule'] }
    clusters:
      - { name: a, pool: plain, nodes: 3, region: DE }
      - { name: b, pool: plain, nodes: 3, region: FR, taints: ['spot:NoExecute'] }
      - { name: c, pool: cards, nodes: 3, region: DE }
      - { name: d, pool: cards, nodes: 3, region: US, labels: { gpu-model: P100 } }
  workloads:
${stages}
  policies: [fcfs]
${more}`

const workload = (name: string, stage: string) =>
  `    - { name: ${name}, origin: { cluster: a }, arrivals: { rate: 1/s, maxJobs: 40 }, job: { stages: [{ duration: 9s, ${stage} }] } }\n`

/** Clusters that each workload's stage may use. */
function allowed(...stages: string[]): string[] {
  const { scenario } = parseScenario(scenarioOf(stages.map((stage, i) => workload(`w${i}`, stage)).join('')), 'x.yaml')
  const { clusters, classes, stages: columns } = compile(scenario).model
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

describe.each(policies.map(entry => entry.name))('%s', name => {
  it('keeps to labels and taints', () => {
    const stages = ["tolerations: ['*'], nodeSelector: { topology.kubernetes.io/region: [FR, US] }", 'cpu: 1']
    const { scenario } = parseScenario(
      scenarioOf(stages.map((stage, i) => workload(`w${i}`, stage)).join('')),
      'x.yaml',
    )
    const { model } = compile(scenario)
    const entry = policies.find(policy => policy.name === name)!
    const { decisions, total } = simulate(model, entry.create(withDefaults({}, entry.options)), {
      replication: 0,
      record: { decisions: true },
    })
    expect(total.completed).toBe(80)
    const used = [0, 1].map(w => {
      const rows = [...decisions!.node.keys()].filter(row => decisions!.workload[row] === w)
      return new Set(rows.map(row => model.clusters.names[model.nodeCluster[decisions!.node[row]]]))
    })
    expect([...used[0]].every(cluster => cluster === 'b' || cluster === 'd')).toBe(true)
    expect([...used[1]]).toEqual(['a'])
  })
})
