/** What ran on the clusters lately, and runs now, as jobs of a trace. */
import type { V1Job, V1Pod } from '@kubernetes/client-node'
import { milliseconds } from '../execute/pod-seen.ts'
import { podRequest } from '../live/pod-request.ts'
import type { NodeGroup } from './groups.ts'
import { familyOf, isOfNode, jobOf, kindOfWork } from './owners.ts'
import { type PodRun, podRun } from './pod-run.ts'
import type { ClusterObjects } from './read-cluster.ts'

export interface Work {
  /** namespace/pod, or namespace/job where its pods are gone. */
  readonly id: string
  readonly kind: 'jobs' | 'services'
  readonly group: NodeGroup
  readonly state: PodRun['state']
  readonly submitMs: number
  /** Of what waits: as if it began now and took as long as its like. */
  readonly beganMs: number
  readonly endedMs: number
  readonly boundMs: number | null
  readonly cpuMilli: number
  readonly memoryBytes: number
  readonly gpuMilli: number
}

export interface Worked {
  readonly work: readonly Work[]
  /** What is no work of the trace, counted by reason. */
  readonly leftOut: ReadonlyMap<string, number>
}

type Times = Pick<Work, 'state' | 'submitMs' | 'beganMs' | 'endedMs' | 'boundMs'>

/** `groups`: those of this cluster; with none there is nothing that work could have run on. */
export function workOfCluster(cluster: ClusterObjects, groups: readonly NodeGroup[], nowMs: number): Worked {
  const leftOut = new Map<string, number>()
  const skip = (why: string, count = 1) => leftOut.set(why, (leftOut.get(why) ?? 0) + count)
  const jobs = new Map(cluster.jobs.map(job => [job.metadata?.uid ?? '', job]))
  const usual = usualRunMs(cluster.pods, jobs)
  const work: Work[] = []
  for (const pod of cluster.pods) {
    if (isOfNode(pod)) continue
    const times = timesOf(pod, nowMs, usual.get(familyOf(pod, jobs) ?? '') ?? null)
    if (typeof times === 'string') skip(times)
    else add(workOf(pod, groupOf(pod.spec?.nodeName, pod, groups), times, kindOfWork(pod)))
  }
  const seen = new Set(cluster.pods.map(jobOf))
  for (const job of cluster.jobs) {
    if (seen.has(job.metadata?.uid ?? '')) continue
    const times = timesOfJob(job, nowMs)
    if (typeof times === 'string') skip(times)
    else
      for (let i = 0; i < tasksOf(job); i++)
        add(workOf(podOf(job), groupOf(undefined, podOf(job), groups), times, 'jobs'))
  }
  return { work, leftOut }

  function add(one: Work): void {
    if (groups.some(group => fits(one, group))) work.push(one)
    else skip('asks for more than any node has that is there now')
  }
}

/** What asks for nothing at all is said to ask for this: the language has no work without a request. */
const leastCpuMilli = 1

function workOf(pod: V1Pod, group: NodeGroup, times: Times, kind: Work['kind']): Work {
  const { cpuMilli, memoryBytes, gpuMilli } = podRequest(pod)
  const { namespace, name } = pod.metadata ?? {}
  const asksNothing = cpuMilli === 0 && memoryBytes === 0 && gpuMilli === 0
  return {
    ...{ id: `${namespace}/${name}`, kind, group, ...times, memoryBytes },
    cpuMilli: asksNothing ? leastCpuMilli : cpuMilli,
    // The language has parts of one GPU, or whole ones.
    gpuMilli: gpuMilli > 1000 ? Math.ceil(gpuMilli / 1000) * 1000 : gpuMilli,
  }
}

function timesOf(pod: V1Pod, nowMs: number, usualMs: number | null): Times | string {
  const run = podRun(pod)
  if (run === null) return 'ended, and does not say when it ran'
  if (run.state === 'waiting' && usualMs === null)
    return 'waits, and nothing like it has finished that would tell how long it runs'
  const beganMs = run.beganMs ?? nowMs
  return {
    ...run,
    beganMs,
    endedMs: Math.max(beganMs, run.endedMs ?? (run.state === 'waiting' ? nowMs + usualMs! : nowMs)),
  }
}

/** Of a Job whose pods are gone: from its start to its end. */
function timesOfJob({ spec, status, metadata }: V1Job, nowMs: number): Times | string {
  const beganMs = milliseconds(status?.startTime)
  if (beganMs === null || spec?.suspend === true) return 'Jobs that have not begun'
  const failed = status?.conditions?.find(({ type, status: is }) => type === 'Failed' && is === 'True')
  const completedMs = milliseconds(status?.completionTime)
  const endedMs = completedMs ?? milliseconds(failed?.lastTransitionTime)
  const state = completedMs !== null ? 'finished' : endedMs !== null ? 'failed' : 'running'
  const submitMs = milliseconds(metadata?.creationTimestamp) ?? beganMs
  return { state, submitMs, beganMs, endedMs: Math.max(beganMs, endedMs ?? nowMs), boundMs: null }
}

/** How many of its pods there were at once. */
const tasksOf = ({ spec }: V1Job): number =>
  Math.min(spec?.parallelism ?? 1, spec?.completions ?? spec?.parallelism ?? 1)

const podOf = ({ metadata, spec }: V1Job): V1Pod =>
  ({ metadata: { namespace: metadata?.namespace, name: metadata?.name }, spec: spec?.template.spec }) as V1Pod

/** Nodes that it ran on; of what has none: the first of its architecture, else the first. */
function groupOf(node: string | undefined, { spec }: V1Pod, groups: readonly NodeGroup[]): NodeGroup {
  const arch = spec?.nodeSelector?.['kubernetes.io/arch']
  return (
    groups.find(({ nodes }) => node !== undefined && nodes.includes(node)) ??
    groups.find(({ facts }) => facts.arch === arch) ??
    groups[0]
  )
}

const fits = ({ cpuMilli, memoryBytes, gpuMilli, group }: Work, { facts }: NodeGroup): boolean =>
  facts.arch === group.facts.arch &&
  cpuMilli <= facts.cpuMilli &&
  memoryBytes <= facts.memoryBytes &&
  gpuMilli <= facts.gpus * 1000

/** Median run time by family of what has finished. */
function usualRunMs(pods: readonly V1Pod[], jobs: ReadonlyMap<string, V1Job>): Map<string, number> {
  const runs = new Map<string, number[]>()
  for (const pod of pods) {
    const family = familyOf(pod, jobs)
    const run = podRun(pod)
    if (family === null || run?.state !== 'finished') continue
    runs.set(family, [...(runs.get(family) ?? []), run.endedMs! - run.beganMs!])
  }
  return new Map([...runs].map(([family, times]) => [family, median(times)]))
}

/** The lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}
