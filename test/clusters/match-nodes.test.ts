import type { V1Node } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { PlannedCluster } from '../../runner/clusters/fabric-plan.ts'
import { matchNodes } from '../../runner/clusters/match-nodes.ts'
import { readQuantity } from '../../runner/clusters/read-quantity.ts'

const planned = (nodes: string[], gpuMilli = 0): PlannedCluster => {
  const scaled = { cpuMilli: 500, memoryBytes: 1 << 30, gpuMilli }
  const place = { pool: 'lab', zone: 'z', region: 'r', detectionS: 40, arch: 'amd64' }
  return { name: 'lab', ...place, nodes, declared: scaled, scaled, coreMilli: scaled.cpuMilli }
}

const node = (name: string, { cpu = '2', ready = 'True', spec = {}, arch = 'amd64' } = {}): V1Node => ({
  metadata: { name },
  spec,
  status: {
    allocatable: { cpu, memory: '2Gi' },
    conditions: [{ type: 'Ready', status: ready }],
    nodeInfo: { architecture: arch } as NonNullable<V1Node['status']>['nodeInfo'] & object,
  },
})

test('the same name where there is one, else what is left in order', () => {
  const nodes = [node('c'), node('lab-02'), node('a'), node('b')]
  expect(matchNodes(planned(['lab-01', 'lab-02', 'lab-03']), nodes)).toEqual({
    'lab-01': 'a',
    'lab-02': 'lab-02',
    'lab-03': 'b',
  })
})

test('nodes that are not ready, closed, too small or of another kind are not used, and it says so', () => {
  const control = { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }
  const nodes = [
    node('dark', { ready: 'Unknown' }),
    node('closed', { spec: control }),
    node('small', { cpu: '250m' }),
    node('arm', { arch: 'arm64' }),
    node('good'),
  ]
  expect(matchNodes(planned(['x']), nodes)).toEqual({ x: 'good' })
  expect(() => matchNodes(planned(['x', 'y']), nodes.slice(2))).toThrow(
    'cluster lab: 1 of 2 nodes can be used; small has 250m of CPU, not 500m; arm is arm64, not amd64',
  )
  expect(() => matchNodes(planned(['x']), nodes.slice(0, 2))).toThrow('dark is not ready; closed does not take any pod')
  expect(() => matchNodes(planned(['x'], 1000), [node('a')])).toThrow('has 0 fabricdt.io/gpu-milli, not 1000')
})

test('quantities as API servers write them', () => {
  expect(['500m', '2', '1Gi', '1k', '1e3', '1500000000n', '100M'].map(readQuantity)).toEqual([
    0.5, 2, 1073741824, 1000, 1000, 1.5, 1e8,
  ])
  expect(readQuantity('many')).toBeNaN()
})
