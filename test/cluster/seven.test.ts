/** Seven clusters at once, one of each kind of device and one that the scenario makes up: as many as a fabric is meant to have. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { down, up } from '../../runner/clusters/fabrics.ts'
import { processesOf } from '../../runner/clusters/processes.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { readFabric } from '../../runner/clusters/state.ts'
import { survey } from '../../runner/clusters/survey.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { beginState, whyNot } from './fabric.ts'

const pools = ['edge', 'gaming', 'lab', 'personal-area', 'mining', 'datacenter', 'cloud']
const scenario = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: seven }
spec:
  fabric:
    pools: { cloud: { extends: datacenter, detection: 20s } }
    clusters:
${pools.map(pool => `      - { name: the-${pool}, pool: ${pool}, zone: zone-of-${pool}, nodes: 2 }`).join('\n')}
  workloads:
    - { name: jobs, origin: { cluster: the-edge }, arrivals: { rate: 1/s, maxJobs: 5 }, job: { stages: [{ duration: 2s }] } }
  policies: [fcfs]
`
const kwok = findProvider('kwok')!
const why = await whyNot(kwok)

describe.skipIf(why !== null)(why ?? 'a fabric of seven clusters', () => {
  let state: ReturnType<typeof beginState>
  beforeAll(() => {
    state = beginState()
  })
  afterAll(() => state?.end(), 60_000)

  test('is there, each cluster with the nodes of its pool, and goes without a trace', {
    timeout: 180_000,
  }, async () => {
    const file = join(state.folder, 'seven.yaml')
    writeFileSync(file, scenario)
    const plan = planFabric((await loadScenario(file)).scenario)
    await up(plan, kwok, { say: () => {} })
    const { clusters } = await survey(readFabric('seven')!)
    expect(clusters.map(({ name }) => name).sort()).toEqual(pools.map(pool => `the-${pool}`).sort())
    for (const { nodes, problem } of clusters)
      expect({ problem, nodes }).toEqual({ problem: null, nodes: { planned: 2, there: 2, ready: 2 } })
    await down(readFabric('seven')!, { say: () => {} })
    expect(processesOf(state.folder)).toEqual([])
  })
})
