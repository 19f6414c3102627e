import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { nodeLabels, planFabric, planNotes } from '../../runner/clusters/fabric-plan.ts'
import { loadScenario } from '../../runner/scenario/load.ts'

const load = async (name: string, sets: string[] = []) =>
  planFabric(
    (await loadScenario(fileURLToPath(new URL(`../../scenarios/${name}`, import.meta.url)), { sets })).scenario,
  )

test('clusters are in the order of the Model, nodes are called as in decisions', async () => {
  const plan = await load('zone-blackout.yaml')
  expect(plan.name).toBe('zone-blackout')
  expect(plan.clusters.map(({ name }) => name)).toEqual([
    'campus-lab',
    'datacenter',
    'edge-microdc',
    'gaming-den',
    'home-pans',
    'mining-barn',
  ])
  const edge = plan.clusters[2]
  expect(edge.nodes).toHaveLength(40)
  expect(edge.nodes.slice(0, 2)).toEqual(['edge-node-01', 'edge-node-02'])
  expect(edge).toMatchObject({ pool: 'edge', zone: 'eu-1', region: 'NL', detectionS: 40 })
  expect(plan.clusters[1]).toMatchObject({ declared: { cpuMilli: 32_000 }, scaled: { cpuMilli: 320 } })
})

test('labels say what a node is', async () => {
  const plan = await load('zone-blackout.yaml')
  expect(nodeLabels(plan.clusters[4])).toEqual({
    'kubernetes.io/arch': 'arm64',
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/zone': 'eu-2',
    'topology.kubernetes.io/region': 'DE',
    'fabricdt.io/pool': 'personal-area',
    'fabricdt.io/cluster': 'home-pans',
  })
})

test('what scaling cannot hold is said', async () => {
  expect(planNotes(await load('zone-blackout.yaml'))).toEqual([])
  const plan = await load('first.yaml', ['spec.scaling=1:7000'])
  expect(planNotes(plan)).toEqual([
    'nodes of cloud have 2.1 % more CPU than 1:7000 of what is declared',
    'nodes of rack have 16.7 % more CPU than 1:7000 of what is declared',
  ])
})
