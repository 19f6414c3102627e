import { expect, test } from 'vitest'
import { groupNodes } from '../../runner/snapshot/groups.ts'
import { Labels } from '../../runner/snapshot/names.ts'
import { windowOf } from '../../runner/snapshot/window.ts'
import { type Work, workOfCluster } from '../../runner/snapshot/work.ts'
import { at, cluster, job, msAt, node, pod } from './objects.ts'

const now = msAt(100)

function worked(is: Parameters<typeof cluster>[0]) {
  const objects = cluster(is)
  return workOfCluster(objects, groupNodes(objects, new Labels()).groups, now)
}

const times = ({ work }: { work: readonly Work[] }) =>
  work.map(({ id, state, submitMs, beganMs, endedMs }) => [
    id.replace('default/', ''),
    state,
    ...[submitMs, beganMs, endedMs].map(ms => (ms - msAt(0)) / 1000),
  ])

test('finished, failed and running pods, with their times', () => {
  const pods = [
    pod('done', { node: 'a', created: 1, began: 3, ended: 10 }),
    pod('broken', { node: 'a', created: 2, began: 4, ended: 6, phase: 'Failed' }),
    pod('busy', { node: 'a', created: 5, began: 90 }),
  ]
  expect(times(worked({ pods }))).toEqual([
    ['done', 'finished', 1, 3, 10],
    ['broken', 'failed', 2, 4, 6],
    ['busy', 'running', 5, 90, 100],
  ])
})

test('initialisation counts as run time, and so do runs before a restart', () => {
  const init = { name: 'init', state: { terminated: { startedAt: at(2), finishedAt: at(4) } } }
  const restarted = {
    name: 'main',
    state: { running: { startedAt: at(50) } },
    lastState: { terminated: { startedAt: at(20), finishedAt: at(45) } },
  }
  const pods = [
    pod('init', { node: 'a', began: 5, ended: 9, status: { initContainerStatuses: [init] } }),
    pod('restarted', { node: 'a', status: { containerStatuses: [restarted] } }),
    pod('initialising', {
      node: 'a',
      phase: 'Pending',
      status: { initContainerStatuses: [{ name: 'init', state: { running: { startedAt: at(60) } } }] },
    }),
  ]
  expect(times(worked({ pods }))).toEqual([
    ['init', 'finished', 0, 2, 9],
    ['restarted', 'running', 0, 20, 100],
    ['initialising', 'running', 0, 60, 100],
  ])
})

test('requests: init containers, sidecars, GPUs, and none at all', () => {
  const ask = (cpu: string, more = {}) => ({ name: cpu, resources: { requests: { cpu, memory: '1Gi' } }, ...more })
  const nodes = [node('a', { allocatable: { 'nvidia.com/gpu': '2', 'fabricdt.io/gpu-milli': '500' } })]
  const pods = [
    pod('init', { node: 'a', began: 0, spec: { initContainers: [ask('3')], containers: [ask('1')] } }),
    pod('sidecar', {
      ...{ node: 'a', began: 0 },
      spec: { initContainers: [ask('500m', { restartPolicy: 'Always' })], containers: [ask('1')] },
    }),
    pod('gpu', { node: 'a', began: 0, requests: { 'nvidia.com/gpu': '2' } }),
    pod('nothing', { node: 'a', began: 0 }),
  ]
  expect(
    worked({ nodes, pods }).work.map(({ cpuMilli, memoryBytes, gpuMilli }) => [
      cpuMilli,
      memoryBytes / 2 ** 30,
      gpuMilli,
    ]),
  ).toEqual([
    [3000, 1, 0],
    [1500, 2, 0],
    [0, 0, 2000],
    [1, 0, 0],
  ])
})

test('what waits runs as long as its like did, by Job and by CronJob; else it is left out', () => {
  const cron = { kind: 'CronJob', uid: 'nightly' }
  const owner = (uid: string) => ({ kind: 'Job', uid })
  const { work, leftOut } = worked({
    jobs: [job('n1', {}, { startTime: at(0) }, cron), job('n2', {}, { startTime: at(80) }, cron)],
    pods: [
      pod('n1-a', { node: 'a', began: 0, ended: 7, owner: owner('n1') }),
      pod('n1-b', { node: 'a', began: 0, ended: 9, owner: owner('n1') }),
      pod('n2-a', { phase: 'Pending', created: 80, owner: owner('n2') }),
      pod('strange', { phase: 'Pending', created: 80 }),
    ],
  })
  expect(times({ work }).slice(2)).toEqual([['n2-a', 'waiting', 80, 100, 107]])
  expect([...leftOut]).toEqual([['waits, and nothing like it has finished that would tell how long it runs', 1]])
})

test('Jobs whose pods are gone tell of themselves; those that have not begun are left out', () => {
  const template = { spec: { containers: [{ name: 'x', resources: { requests: { cpu: '2' } } }] } }
  const { work, leftOut } = worked({
    jobs: [
      job('gone', { parallelism: 4, completions: 2, template }, { startTime: at(10), completionTime: at(30) }),
      job(
        'failed',
        { template },
        { startTime: at(10), conditions: [{ type: 'Failed', status: 'True', lastTransitionTime: at(20) }] },
      ),
      job('suspended', { suspend: true, template }, {}),
    ],
  })
  expect(times({ work })).toEqual([
    ['gone', 'finished', 0, 10, 30],
    ['gone', 'finished', 0, 10, 30],
    ['failed', 'failed', 0, 10, 20],
  ])
  expect(work[0].cpuMilli).toBe(2000)
  expect([...leftOut]).toEqual([['Jobs that have not begun', 1]])
})

test('DaemonSets and static pods are no work; Deployments are services', () => {
  const of = (kind: string) => ({ node: 'a', began: 0, owner: { kind, uid: kind } })
  const { work } = worked({
    pods: [
      pod('d', of('DaemonSet')),
      pod('n', of('Node')),
      pod('r', of('ReplicaSet')),
      pod('s', of('StatefulSet')),
      pod('j', of('Job')),
    ],
  })
  expect(work.map(({ id, kind }) => [id, kind])).toEqual([
    ['default/r', 'services'],
    ['default/s', 'services'],
    ['default/j', 'jobs'],
  ])
})

test('what no node that is there could run, and what does not say when it ran, is left out', () => {
  const { work, leftOut } = worked({
    nodes: [node('a'), node('large', { allocatable: { cpu: '64' }, unschedulable: true })],
    pods: [
      pod('large', { node: 'large', began: 0, requests: { cpu: '32' } }),
      pod('evicted', { node: 'a', phase: 'Failed', ended: null }),
      pod('unknown-end', { node: 'a', began: null, ended: null }),
    ],
  })
  expect(work).toEqual([])
  expect(Object.fromEntries(leftOut)).toEqual({
    'asks for more than any node has that is there now': 1,
    'ended, and does not say when it ran': 2,
  })
})

test('the window: what is older is left out, what reaches into it runs for the rest', () => {
  const { work } = worked({
    pods: [
      pod('old', { node: 'a', created: 0, began: 0, ended: 30 }),
      pod('across', { node: 'a', created: 0, began: 20, ended: 70 }),
      pod('waited', { node: 'a', created: 10, began: 60, ended: 80 }),
      pod('within', { node: 'a', created: 55, began: 60, ended: 80 }),
    ],
  })
  const { startMs, rows, tooOld, early } = windowOf(work, now, 50)
  expect([startMs, tooOld, early]).toEqual([msAt(50), 1, 2])
  expect(rows.map(({ id, submitS, runS }) => [id, submitS, runS])).toEqual([
    ['default/across', 0, 20],
    ['default/waited', 0, 20],
    ['default/within', 5, 20],
  ])
  expect(windowOf(work, now, 1e6).startMs).toBe(msAt(0))
})
