import { gpuTasks, requestableMilli } from '../../compile/node-room.ts'
import { hasAffinity } from '../admission.ts'
import type { Path } from '../document.ts'
import type { ScenarioCluster, ScenarioStage } from '../scenario.ts'
import { formatMemory } from '../units.ts'
import { waysOf } from '../ways.ts'
import type { Rule } from './rule.ts'

/** Some cluster could run all tasks of each stage at once, were it empty. Jobs of traces are checked when they are read. */
export const impossibleDemand: Rule = ({ problems, view }, draft) => {
  const clusters = draft.clusters.filter(cluster => cluster !== undefined)
  // With a cluster unknown nobody can say that none is large enough.
  if (clusters.length === 0 || clusters.length < draft.clusters.length) return
  for (const [i, workload] of draft.workloads.entries()) {
    if (workload?.arrivals?.process === 'trace' || view.workloads?.[i]?.job === undefined) continue
    for (const [k, stage] of workload?.stages.entries() ?? []) {
      if (stage === undefined || (stage.cpuMilli === 0 && stage.memoryBytes === 0 && stage.gpu === 0)) continue
      const path: Path = ['spec', 'workloads', i, 'job', 'stages', k]
      const message = whyImpossible(stage, clusters)
      if (message !== null) problems.add('impossible-demand', path, message)
    }
  }
}

/** Why no cluster could ever run all tasks of a stage at once; null where one could. */
export function whyImpossible(stage: ScenarioStage, clusters: readonly ScenarioCluster[]): string | null {
  const most = Math.max(...clusters.map(cluster => tasksPerNode(cluster, stage) * cluster.nodes))
  return most < stage.tasks ? message(stage, most, clusters) : null
}

/** Tasks of the stage that an empty node of the cluster has room for. */
export function tasksPerNode(cluster: ScenarioCluster, stage: ScenarioStage): number {
  if (waysOf(stage, cluster).length === 0) return 0
  const share = (have: number, ask: number) => (ask > 0 ? Math.floor(have / ask) : Number.POSITIVE_INFINITY)
  return Math.min(
    share(requestableMilli(cluster), stage.cpuMilli),
    share(cluster.memoryBytes, stage.memoryBytes),
    gpuTasks(cluster.gpu, Math.round(stage.gpu * 1000)),
  )
}

type Request = Pick<
  ScenarioStage,
  'cpuMilli' | 'memoryBytes' | 'gpu' | 'arch' | 'formats' | 'nodeSelector' | 'tolerations' | 'nodeAffinity'
>

function message(stage: ScenarioStage, most: number, clusters: readonly ScenarioCluster[]): string {
  if (most > 0) return `no cluster can run all ${stage.tasks} tasks at once: the largest holds ${most}`
  const noAffinity = { required: [], preferred: [] }
  const anywhere = {
    arch: [],
    formats: ['native', 'wasm'],
    nodeSelector: {},
    tolerations: ['*'],
    nodeAffinity: noAffinity,
  }
  const nothing = { ...stage, cpuMilli: 0, memoryBytes: 0, gpu: 0, ...anywhere }
  const asked: [string, Partial<Request>][] = [
    [buildText(stage), { arch: stage.arch, formats: stage.formats }],
    ...Object.entries(stage.nodeSelector ?? {}).map(([label, values]): [string, Partial<Request>] => [
      `the label ${label}: ${values.join(' or ')}`,
      { nodeSelector: { [label]: values } },
    ]),
    ['what its nodeAffinity requires', { nodeAffinity: stage.nodeAffinity ?? noAffinity }],
    ['only taints that it tolerates', { tolerations: stage.tolerations ?? [] }],
    [`${stage.cpuMilli / 1000} cores`, { cpuMilli: stage.cpuMilli }],
    [`${formatMemory(stage.memoryBytes)} of memory`, { memoryBytes: stage.memoryBytes }],
    [`${stage.gpu} GPU${stage.gpu === 1 ? '' : 's'}`, { gpu: stage.gpu }],
  ]
  const short = asked.filter(
    ([, part]) => !clusters.some(cluster => tasksPerNode(cluster, { ...nothing, ...part }) > 0),
  )
  const wanted = asked.filter(([, part]) => {
    if (part.nodeSelector !== undefined) return true
    if (part.nodeAffinity !== undefined) return !clusters.every(cluster => hasAffinity(part, cluster))
    if (part.tolerations !== undefined) return clusters.every(({ taints }) => taints !== undefined)
    if (part.arch !== undefined) return part.arch.length > 0 || part.formats?.includes('native') !== true
    return Object.values(part).some(value => Number(value) > 0)
  })
  const list = (short.length > 0 ? short : wanted).map(([words]) => words).join(' and ')
  return `no node of the fabric has ${list}${short.length > 0 ? '' : ' together'}`
}

/** `architecture amd64 or wasm`: where it would run. */
function buildText({ arch, formats }: ScenarioStage): string {
  const native = arch.length === 0 ? 'native code' : `architecture ${arch.join(' or ')}`
  return formats.map(format => (format === 'native' ? native : format)).join(' or ')
}
