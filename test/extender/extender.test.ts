/** The extender's answers, without a cluster: what fits, and in which order the policy would choose. */
import { describe, expect, it } from 'vitest'
import { findPolicy, policies } from '../../engine/index.ts'
import { withDefaults } from '../../engine/schema.ts'
import { Extender } from '../../runner/extender/extender.ts'
import { createExtenderServer } from '../../runner/extender/server.ts'
import type { FilterResult, HostPriority } from '../../runner/extender/wire.ts'
import { LiveState } from '../../runner/live/live-state.ts'
import { PlanningFabric } from '../../runner/plan/fabric.ts'
import { nodeObject, podObject } from '../live/objects.ts'
import { fabricOf } from '../plan/fixtures.ts'

const scenario = fabricOf(
  [
    '{ name: far, pool: lab, nodes: 2, cpu: 8, memory: 8Gi, speed: 1, startup: 1s }',
    '{ name: near, pool: lab, nodes: 2, cpu: 4, memory: 8Gi, speed: 1, startup: 1s }',
    '{ name: phones, pool: personal-area, nodes: 2, cpu: 4, memory: 8Gi, arch: arm64 }',
  ],
  '    network: { latency: 50ms, within: 1ms }\n',
)
const site = { name: 'all', planned: new Map<string, string>() }
const clusters = {
  far: ['far-node-01', 'far-node-02'],
  near: ['near-node-01', 'near-node-02'],
  phones: ['phones-node-01', 'phones-node-02'],
}
const names = Object.values(clusters).flat()

function extenderBy(name: string) {
  const state = new LiveState(new PlanningFabric(scenario))
  for (const [cluster, nodes] of Object.entries(clusters))
    for (const node of nodes) state.putNode(site, nodeObject(node, { cluster, cpu: cluster === 'far' ? '8' : '4' }))
  const policy = findPolicy(name)!
  let nowMs = 0
  const strategy = { policy, options: withDefaults({}, policy.options) }
  const extender = new Extender({ state, site, strategy, clock: () => nowMs })
  return { state, extender, later: (ms: number) => (nowMs += ms) }
}

const amd = { nodeSelector: { 'kubernetes.io/arch': 'amd64' } }
const origin = { 'fabricdt.io/origin': 'near', 'fabricdt.io/estimate': '2s' }
const pod = (uid = 'a', cpu = '2') => podObject(uid, { cpu, annotations: origin, spec: amd })
const ranks = (scores: readonly HostPriority[]) =>
  [...scores]
    .filter(({ Score }) => Score > 0)
    .sort((a, b) => b.Score - a.Score)
    .map(({ Host }) => Host)

describe('filter', () => {
  it('leaves out what the engine holds to be impossible, and says why', () => {
    const { extender, state } = extenderBy('greedy-latency')
    state.putNode(site, nodeObject('far-node-02', { cluster: 'far', ready: false }))
    state.putPod(site, podObject('other', { node: 'near-node-01', cpu: '3' }))
    expect(extender.filter({ Pod: pod(), NodeNames: [...names, 'stranger'] })).toEqual({
      NodeNames: ['far-node-01', 'near-node-02'],
      FailedNodes: {
        'far-node-02': 'not ready',
        'near-node-01': 'no room',
        'phones-node-01': 'does not run what the pod is built for, or is too small',
        'phones-node-02': 'does not run what the pod is built for, or is too small',
        stranger: 'not a node of the fabric',
      },
      Error: '',
    })
  })

  it('answers with whole nodes where it is asked with whole nodes', () => {
    const { extender } = extenderBy('greedy-latency')
    const items = [nodeObject('near-node-01'), nodeObject('phones-node-01')]
    const result = extender.filter({ Pod: pod(), Nodes: { items }, NodeNames: null })
    expect(result.NodeNames).toBeNull()
    expect(result.Nodes?.items).toEqual(items.slice(0, 1))
  })
})

describe('prioritize', () => {
  it('scores in the order in which the policy would choose', () => {
    const { extender } = extenderBy('greedy-latency')
    const scores = extender.prioritize({ Pod: pod(), NodeNames: names.slice(0, 4) })
    expect(ranks(scores)).toEqual(['near-node-01', 'near-node-02', 'far-node-01', 'far-node-02'])
    expect(scores.map(({ Score }) => Score)).toEqual([8, 7, 10, 9])
  })

  it('only of the nodes that are asked about', () => {
    const { extender } = extenderBy('greedy-latency')
    const asked = ['far-node-02', 'near-node-02']
    expect(ranks(extender.prioritize({ Pod: pod(), NodeNames: asked }))).toEqual(['near-node-02', 'far-node-02'])
  })

  it('believes that its first choice is taken, until it is seen or forgotten', () => {
    const { extender, state, later } = extenderBy('least-allocated')
    const first = (uid: string) => ranks(extender.prioritize({ Pod: pod(uid), NodeNames: names.slice(0, 4) }))[0]
    expect(['a', 'b', 'c'].map(first)).toEqual(['far-node-01', 'far-node-02', 'far-node-01'])
    // The same pod once more is asked about as if it were nowhere.
    expect(first('c')).toBe('far-node-01')
    state.putPod(site, podObject('a', { node: 'near-node-01', cpu: '2' }))
    expect(first('d')).toBe('far-node-01')
    later(31_000)
    expect(state.fabric.capacity.freeCpu[0]).toBe(4000)
    expect(first('e')).toBe('far-node-01')
    expect(Array.from(state.fabric.capacity.freeCpu).slice(0, 4)).toEqual([6000, 8000, 2000, 4000])
  })

  it.each(policies.map(({ name }) => name))('leaves the fabric as it was but for what it believes: %s', name => {
    const { extender, state } = extenderBy(name)
    const { capacity } = state.fabric
    const answers = [0, 1, 2, 3, 4, 5].map(i =>
      extender.prioritize({ Pod: pod(`p${i}`), NodeNames: names.slice(0, 4) }),
    )
    // Who plans may rather wait for a better node: then it scores none, and believes nothing.
    const taken = answers.filter(scores => scores.some(({ Score }) => Score > 0)).length
    if (!['heft', 'peft', 'lookahead'].includes(name)) expect(taken).toBe(6)
    expect(taken).toBeGreaterThanOrEqual(4)
    expect(Array.from(capacity.ready)).toEqual([1, 1, 1, 1, 1, 1])
    const free = Array.from(capacity.freeCpu).reduce((sum, milli) => sum + milli, 0)
    expect(free).toBe(2 * 8000 + 4 * 4000 - taken * 2000)
  })

  it('goes round with round-robin, one node a pod', () => {
    const { extender } = extenderBy('round-robin')
    const first = (uid: string) => ranks(extender.prioritize({ Pod: pod(uid, '1'), NodeNames: names.slice(0, 4) }))[0]
    expect(['a', 'b', 'c', 'd', 'e'].map(first)).toEqual([...names.slice(0, 4), names[0]])
  })
})

describe('over HTTP', () => {
  it('speaks the scheduler’s wire, and refuses while it knows nothing', async () => {
    const { extender } = extenderBy('greedy-latency')
    let missing: string | null = 'not read yet: all'
    const app = createExtenderServer({ extender, log: process.stderr, notReady: () => missing })
    const post = (verb: string) =>
      app.inject({ method: 'POST', url: `/extender/${verb}`, payload: { Pod: pod(), Nodes: null, NodeNames: names } })
    expect((await post('filter')).json<FilterResult>().Error).toBe('fabricdt: not read yet: all')
    expect((await app.inject('/readyz')).statusCode).toBe(503)
    missing = null
    const { NodeNames, Error: error } = (await post('filter')).json<FilterResult>()
    expect([NodeNames, error]).toEqual([names.slice(0, 4), ''])
    const scores = (await post('prioritize')).json<HostPriority[]>()
    expect(ranks(scores)[0]).toBe('near-node-01')
    expect((await app.inject('/metrics')).body).toContain('fabricdt_extender_duration_seconds_count{verb="filter"} 2')
  })
})
