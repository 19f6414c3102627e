/** When a pod was submitted, began and ended, by its cluster's clock. */
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { milliseconds } from '../execute/pod-seen.ts'

export interface PodRun {
  readonly state: 'finished' | 'failed' | 'running' | 'waiting'
  readonly submitMs: number
  /** When it was given a node; null: it does not say. */
  readonly boundMs: number | null
  /** First begin of any of its containers, of those of the initialisation too; null of what waits. */
  readonly beganMs: number | null
  /** Last end of its containers; null while it runs. */
  readonly endedMs: number | null
}

/** Null where the pod has ended and does not say when it began or ended. */
export function podRun({ metadata, status }: V1Pod): PodRun | null {
  const containers = status?.containerStatuses ?? []
  const submitMs = milliseconds(metadata?.creationTimestamp) ?? 0
  const bound = status?.conditions?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'True')
  const all = [...(status?.initContainerStatuses ?? []), ...containers]
  const beganMs = least(all.flatMap(begins))
  const times = { submitMs, boundMs: milliseconds(bound?.lastTransitionTime), beganMs }
  if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed')
    return { ...times, state: beganMs === null ? 'waiting' : 'running', endedMs: null }
  const endedMs = most(containers.map(({ state }) => milliseconds(state?.terminated?.finishedAt)))
  if (beganMs === null || endedMs === null) return null
  return { ...times, state: status.phase === 'Succeeded' ? 'finished' : 'failed', endedMs }
}

/** A container that was started again began earlier than it says now. */
const begins = ({ state, lastState }: V1ContainerStatus): (number | null)[] =>
  [state?.running, state?.terminated, lastState?.terminated].map(each => milliseconds(each?.startedAt))

const known = (times: readonly (number | null)[]): number[] => times.filter(time => time !== null)

const least = (times: readonly (number | null)[]): number | null =>
  known(times).length === 0 ? null : Math.min(...known(times))

const most = (times: readonly (number | null)[]): number | null =>
  known(times).length === 0 ? null : Math.max(...known(times))
