/** What the policy kube-default makes of preferences, against kube-scheduler's formulas worked out by hand. */
import { expect, it } from 'vitest'
import { findPolicy, simulate } from '../../../engine/index.ts'
import { compile } from '../../../runner/compile/compile.ts'
import { parseScenario } from '../../../runner/scenario/load.ts'

/** Nodes that the stages of a workload got, in order of submission; clusters a and b in zone z1 (nodes 0, 1 and 2), c in z2 (3). */
function nodesOf(stages: readonly string[]): number[][] {
  const workloads = stages.map(
    (stage, i) =>
      `    - { name: w${i}, origin: { cluster: a }, arrivals: { process: deterministic, interval: 1s, from: ${i}m, maxJobs: 4 }, job: { stages: [{ duration: 1h, cpu: 1, memory: 1Gi, ${stage}}] } }`,
  )
  const text = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: preferences }
spec:
  fabric:
    pools:
      plain: { cpu: 100, memory: 100Gi, power: { idle: 10W, busy: 20W } }
    clusters:
      - { name: a, pool: plain, nodes: 2, zone: z1 }
      - { name: b, pool: plain, nodes: 1, zone: z1, labels: { disk: ssd } }
      - { name: c, pool: plain, nodes: 1, zone: z2 }
  workloads:
${workloads.join('\n')}
  policies: [kube-default]
`
  const { model } = compile(parseScenario(text, 'x.yaml').scenario)
  const policy = findPolicy('kube-default')!.create({})
  const { decisions } = simulate(model, policy, { replication: 0, record: { decisions: true } })
  return stages.map((_, w) => [...decisions!.node.keys()].filter(i => decisions!.workload[i] === w).map(i => decisions!.node[i])) // biome-ignore format: one line
}

const web = 'labelSelector: { matchLabels: { app: web } }'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'

it('alone, tasks go where most is free', () => {
  expect(nodesOf(['labels: { app: web }'])).toEqual([[0, 1, 2, 3]])
})

it('a preferred label outweighs 2 × 100 of what else tells nodes apart', () => {
  const ssd = `affinity: { nodeAffinity: { ${preferred}: [{ weight: 1, preference: { matchExpressions: [{ key: disk, operator: Exists }] } }] } }`
  expect(nodesOf([ssd])).toEqual([[2, 2, 2, 2]])
})

it('zones are filled evenly by tasks, not by nodes', () => {
  const spread = `topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, ${web} }]`
  expect(nodesOf([`labels: { app: web }, ${spread}`])).toEqual([[0, 3, 1, 3]])
})

it('others are gone to, and avoided, by who prefers it and by whom it is preferred', () => {
  const term = (key: string) => `[{ weight: 10, podAffinityTerm: { ${web}, topologyKey: ${key} } }]`
  const beside = `affinity: { podAffinity: { ${preferred}: ${term('fabricdt.io/cluster')} } }`
  const avoids = `affinity: { podAntiAffinity: { ${preferred}: ${term('topology.kubernetes.io/zone')} } }`
  const onC = 'nodeSelector: { fabricdt.io/cluster: c }'
  expect(nodesOf([`labels: { app: web }, ${onC}`, beside])).toEqual([[3, 3, 3, 3], [3, 3, 3, 3]]) // biome-ignore format: one line
  expect(nodesOf([`labels: { app: web }, ${onC}`, avoids])[1]).toEqual([0, 1, 2, 0])
  // What runs already prefers to have the newcomer beside it.
  expect(nodesOf([`${onC}, ${beside}`, 'labels: { app: web }'])[1]).toEqual([3, 3, 3, 3])
})
