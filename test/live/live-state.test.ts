/** What real clusters look like on a planning fabric. */
import { beforeEach, describe, expect, it } from 'vitest'
import { LiveState } from '../../runner/live/live-state.ts'
import { podRequest } from '../../runner/live/pod-request.ts'
import { PlanningFabric } from '../../runner/plan/fabric.ts'
import { fabricOf } from '../plan/fixtures.ts'
import { nodeObject, podObject } from './objects.ts'

const scenario = fabricOf([
  '{ name: lab, pool: lab, nodes: 2, cpu: 4, memory: 8Gi }',
  '{ name: shed, pool: lab, nodes: 1, cpu: 4, memory: 8Gi }',
])
const lab = { name: 'lab', planned: new Map<string, string>() }
let fabric: PlanningFabric
let state: LiveState
const free = (node = 0) => fabric.capacity.freeCpu[node]

beforeEach(() => {
  fabric = new PlanningFabric(scenario)
  state = new LiveState(fabric)
})

describe('nodes', () => {
  it('can be used while they are ready, take pods and are there', () => {
    expect(Array.from(fabric.capacity.ready)).toEqual([0, 0, 0])
    state.putNode(lab, nodeObject('lab-node-01'))
    expect(Array.from(fabric.capacity.ready)).toEqual([1, 0, 0])
    state.putNode(lab, nodeObject('lab-node-01', { ready: false }))
    expect(fabric.capacity.ready[0]).toBe(0)
    state.putNode(lab, nodeObject('lab-node-01', { unschedulable: true }))
    expect(fabric.capacity.ready[0]).toBe(0)
    state.putNode(lab, nodeObject('lab-node-01'))
    state.dropNode(lab, nodeObject('lab-node-01'))
    expect(fabric.capacity.ready[0]).toBe(0)
  })

  it('stand for the scenario’s by their label, by the cluster’s name, or as they were matched', () => {
    state.putNode({ name: 'any', planned: new Map() }, nodeObject('shed-node-01', { cluster: 'shed' }))
    expect(Array.from(fabric.capacity.ready)).toEqual([0, 0, 1])
    state.putNode({ name: 'lab', planned: new Map([['ip-10-0-0-7', 'lab-node-02']]) }, nodeObject('ip-10-0-0-7'))
    expect(Array.from(fabric.capacity.ready)).toEqual([0, 1, 1])
    state.putNode(lab, nodeObject('control-plane'))
    expect([...state.strangers]).toEqual(['lab/control-plane'])
  })
})

describe('pods', () => {
  beforeEach(() => state.putNode(lab, nodeObject('lab-node-01')))

  it('reserve from when they have a node until they have ended or are gone', () => {
    state.putPod(lab, podObject('a'))
    expect(free()).toBe(4000)
    state.putPod(lab, podObject('a', { node: 'lab-node-01' }))
    state.putPod(lab, podObject('a', { node: 'lab-node-01', phase: 'Running' }))
    state.putPod(lab, podObject('b', { node: 'lab-node-01' }))
    expect(free()).toBe(2000)
    state.putPod(lab, podObject('a', { node: 'lab-node-01', phase: 'Succeeded' }))
    state.dropPod(lab, podObject('b'))
    expect(free()).toBe(4000)
  })

  it('are believed to be on their way until they are seen, elsewhere perhaps, or are not in time', () => {
    state.putNode(lab, nodeObject('lab-node-02'))
    state.assume(lab, podObject('a'), 'lab-node-01', 1000)
    state.putPod(lab, podObject('a'))
    expect([free(0), free(1)]).toEqual([3000, 4000])
    state.putPod(lab, podObject('a', { node: 'lab-node-02' }))
    expect([free(0), free(1)]).toEqual([4000, 3000])
    state.settle(2000)
    expect([free(0), free(1)]).toEqual([4000, 3000])
    state.assume(lab, podObject('b'), 'lab-node-01', 1000)
    state.settle(1000)
    expect(free(0)).toBe(4000)
  })

  it('count in the scenario’s measure where the cluster is scaled down', () => {
    state.putNode(lab, nodeObject('lab-node-01', { cpu: '40m', memory: '80Mi' }))
    state.putPod(lab, podObject('a', { node: 'lab-node-01', cpu: '10m', memory: '20Mi' }))
    expect(free()).toBe(3000)
    const declared = JSON.stringify({ cpuMilli: 1234, memoryBytes: 5, gpuMilli: 0 })
    state.putPod(
      lab,
      podObject('b', { node: 'lab-node-01', cpu: '12m', annotations: { 'fabricdt.io/declared': declared } }),
    )
    expect(free()).toBe(3000 - 1234)
  })
})

describe('what a pod asks for', () => {
  const container = (cpu: string, restartPolicy?: string) => ({
    name: 'c',
    resources: { requests: { cpu } },
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
  })
  const cpuOf = (spec: object) => podRequest(podObject('a', { spec })).cpuMilli

  it('is the sum of its containers, its largest initialisation, its sidecars and its overhead', () => {
    expect(cpuOf({ containers: [container('100m'), container('0.2')] })).toBe(300)
    expect(cpuOf({ containers: [container('100m')], initContainers: [container('1')] })).toBe(1000)
    const sidecar = container('200m', 'Always')
    expect(cpuOf({ containers: [container('100m')], initContainers: [sidecar] })).toBe(300)
    expect(cpuOf({ containers: [container('100m')], initContainers: [sidecar, container('1')] })).toBe(1200)
    expect(cpuOf({ containers: [container('100m')], overhead: { cpu: '50m' } })).toBe(150)
    expect(cpuOf({ containers: [{ name: 'c' }] })).toBe(0)
  })
})
