import type { World } from './simulated.ts'
import { plainCluster } from './worlds.ts'

export const [idleW, busyW] = [100, 300] as const
const cores = 4

/** One job on half the cores of a node, from 10 s on; the node is watched for 110 s. */
export const halfBusy = (node: Parameters<typeof plainCluster>[1]): World => ({
  horizon: '110s',
  fabric: plainCluster(1, { cpu: cores, power: { idle: idleW, busy: busyW }, ...node }),
  workloads: [
    {
      name: 'w',
      origin: { cluster: 'c' },
      arrivals: { process: 'deterministic', interval: '10s', maxJobs: 1 },
      job: { stages: [{ cpu: cores / 2, duration: '200s' }] },
    },
  ],
})
