import { requestableMilli } from '../../compile/node-room.ts'
import { waysOf } from '../ways.ts'
import type { Rule } from './rule.ts'

const mostMilli = 2_147_483_647

/** Nodes have not more to request than can be counted, and some node has the cores that a task uses. */
export const cpuUse: Rule = ({ problems }, draft) => {
  const clusters = draft.clusters.filter(cluster => cluster !== undefined)
  for (const [i, cluster] of draft.clusters.entries())
    if (cluster !== undefined && requestableMilli(cluster) > mostMilli)
      problems.add(
        'out-of-range',
        ['spec', 'fabric', 'clusters', i],
        'its nodes have more than 2147483 cores to request',
        {
          hint: 'Give a smaller `overcommit` or `cpu`.',
        },
      )
  if (clusters.length < draft.clusters.length) return
  for (const [i, workload] of draft.workloads.entries())
    for (const [k, stage] of (workload?.stages ?? []).entries()) {
      if (stage === undefined || stage.useMilli === null) continue
      const { useMilli } = stage
      const hosts = clusters.filter(cluster => waysOf(stage, cluster).length > 0)
      if (hosts.length > 0 && hosts.every(({ cpuMilli }) => cpuMilli < useMilli))
        problems.add(
          'out-of-range',
          ['spec', 'workloads', i, 'job', 'stages', k, 'use'],
          `no node that can run the stage has ${useMilli / 1000} cores: it is always slowed down`,
          { severity: 'warning', hint: 'Give a smaller `use`, or nodes with more cores.' },
        )
    }
}
