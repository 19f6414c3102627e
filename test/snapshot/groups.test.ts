import { expect, test } from 'vitest'
import { groupNodes } from '../../runner/snapshot/groups.ts'
import { Labels } from '../../runner/snapshot/names.ts'
import { cluster, node, pod } from './objects.ts'

const group = (is: Parameters<typeof cluster>[0]) => groupNodes(cluster(is), new Labels())

test('alike nodes are one cluster by its own name; a zone that is not told is none', () => {
  const { groups, notes } = group({ nodes: [node('b'), node('a')] })
  expect(groups).toMatchObject([
    { name: 'lab', nodes: ['a', 'b'], facts: { cpuMilli: 4000, memoryBytes: 8 * 2 ** 30, gpus: 0, zone: null } },
  ])
  expect(notes).toEqual([])
})

test('capacity, GPUs, architecture, zone, labels and taints tell nodes apart', () => {
  const zone = (zone: string) => ({ 'topology.kubernetes.io/zone': zone })
  const { groups } = group({
    nodes: [
      node('n1', { labels: zone('z1') }),
      node('n2', { labels: zone('z2') }),
      node('n3', { labels: zone('z1'), allocatable: { 'nvidia.com/gpu': '2' } }),
      node('n4', { labels: { ...zone('z1'), 'kubernetes.io/arch': 'arm64' } }),
      node('n5', { labels: { ...zone('z1'), disk: 'ssd' } }),
      node('n6', { labels: zone('z1'), taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }),
      node('n7', { labels: zone('z1'), allocatable: { cpu: '3920m' } }),
      node('n8', { labels: zone('z1') }),
    ],
  })
  expect(groups.map(({ name, nodes }) => [name, nodes.join()])).toEqual([
    ['lab-1', 'n1,n8'],
    ['lab-2', 'n2'],
    ['lab-3', 'n3'],
    ['lab-4', 'n4'],
    ['lab-5', 'n5'],
    ['lab-6', 'n6'],
    ['lab-7', 'n7'],
  ])
  expect(groups[2].facts.gpus).toBe(2)
  expect(groups[4].facts.labels).toEqual(['disk=ssd'])
  expect(groups[5].facts.taints).toEqual(['gpu=yes:NoSchedule'])
  expect(groups[6].facts.cpuMilli).toBe(3920)
})

test('some pages of memory are no difference, and the least counts', () => {
  const memory = (memory: string) => ({ allocatable: { memory } })
  const { groups } = group({ nodes: [node('a', memory('32863920Ki')), node('b', memory('32863916Ki')), node('c')] })
  expect(groups.map(({ nodes, facts }) => [nodes.join(), facts.memoryBytes])).toEqual([
    ['a,b', 32863916 * 1024],
    ['c', 8 * 2 ** 30],
  ])
})

test('pools that people name give their names', () => {
  const pool = (pool: string) => ({ labels: { 'eks.amazonaws.com/nodegroup': pool } })
  const { groups } = group({ nodes: [node('a', pool('Big_Ones')), node('b', pool('small')), node('c', pool('small'))] })
  expect(groups.map(({ name }) => name)).toEqual(['lab-big-ones', 'lab-small'])
})

test('nodes that take no work are left out, and it is said why', () => {
  const { groups, notes } = group({
    nodes: [
      node('a'),
      node('b', { unschedulable: true }),
      node('c', { ready: 'Unknown' }),
      node('d', { labels: { 'kubernetes.io/arch': 'mips' } }),
      node('e', { allocatable: { cpu: '0' } }),
    ],
  })
  expect(groups.map(({ nodes }) => nodes)).toEqual([['a']])
  expect(notes).toEqual([
    'node b of kind-lab is left out: cordoned',
    'node c of kind-lab is left out: not ready',
    'node d of kind-lab is left out: architecture mips, which scenarios cannot have',
    'node e of kind-lab is left out: no CPU or memory to allocate',
  ])
})

test('what DaemonSets and static pods hold is not there for others', () => {
  const requests = { cpu: '100m', memory: '1Gi' }
  const { groups } = group({
    nodes: [node('a'), node('b')],
    pods: [
      pod('proxy', { node: 'a', began: 0, requests, owner: { kind: 'DaemonSet', uid: 'd' } }),
      pod('etcd-a', { node: 'a', began: 0, requests, owner: { kind: 'Node', uid: 'a' } }),
      pod('static', { node: 'b', began: 0, requests, annotations: { 'kubernetes.io/config.mirror': 'x' } }),
      pod('ended', { node: 'b', began: 0, ended: 1, requests, owner: { kind: 'DaemonSet', uid: 'd' } }),
      pod('work', { node: 'b', began: 0, requests: { cpu: '2' } }),
    ],
  })
  expect(groups[0]).toMatchObject({
    reserved: { cpuMilli: 200, memoryBytes: 2 * 2 ** 30 },
    facts: { cpuMilli: 3800, memoryBytes: 6 * 2 ** 30 },
  })
})
