/** What a pod or a node says of itself, in the executor's words. */
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { isReady } from '../clusters/nodes.ts'
import type { NodeSeen, PodSeen } from './site.ts'

/** A pod of a Job; null for one that is of none. `isGone`: as it was last. */
export function podSeen(pod: V1Pod, receiptMs: number, isGone: boolean): PodSeen | null {
  const job = pod.metadata?.labels?.['batch.kubernetes.io/job-name']
  const uid = pod.metadata?.uid
  if (job === undefined || uid === undefined) return null
  const state = pod.status?.containerStatuses?.[0]?.state
  const bound = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  return {
    job,
    uid,
    phase: phaseOf(pod, isGone),
    isFault: pod.status?.phase === 'Failed' && !isDisrupted(pod),
    receiptMs,
    boundMs: bound?.status === 'True' ? milliseconds(bound.lastTransitionTime) : null,
    beganMs: milliseconds((state?.running ?? state?.terminated)?.startedAt),
    endedMs: milliseconds(state?.terminated?.finishedAt),
    cpuS: cpuSeconds(state?.terminated?.message),
  }
}

/** One that had ended stays so though it goes. */
function phaseOf({ status }: V1Pod, isGone: boolean): PodSeen['phase'] {
  if (status?.phase === 'Succeeded') return 'succeeded'
  if (status?.phase === 'Failed') return 'failed'
  if (isGone) return 'gone'
  return status?.phase === 'Running' ? 'running' : 'pending'
}

/** Evicted, preempted, shut down with its node, past the Job's deadline: whatever is not its own fault. */
const isDisrupted = ({ status }: V1Pod): boolean =>
  (status?.reason ?? '') !== '' ||
  (status?.conditions?.some(({ type, status: is }) => type === 'DisruptionTarget' && is === 'True') ?? false)

/** The worker (deploy/worker) leaves what it used as its termination message. */
function cpuSeconds(message: string | undefined): number | null {
  try {
    const { cpuSeconds: seconds } = JSON.parse(message ?? 'null') as { cpuSeconds?: unknown }
    return typeof seconds === 'number' ? seconds : null
  } catch {
    return null
  }
}

/** A node as the cluster believes it to be. */
export function nodeSeen(node: V1Node, receiptMs: number, isGone: boolean): NodeSeen {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  return {
    node: node.metadata?.name ?? '',
    ready: !isGone && isReady(node),
    receiptMs,
    changedMs: isGone ? null : milliseconds(ready?.lastTransitionTime),
  }
}

/** Of a time of the API, a string in JSON whatever its type says, or null where it is not known; null of none. */
export function milliseconds(time: Date | string | null | undefined): number | null {
  const value = time === undefined || time === null ? Number.NaN : new Date(time).getTime()
  return Number.isNaN(value) ? null : value
}
