/** Whose a pod is. */
import type { V1Job, V1Pod } from '@kubernetes/client-node'

const services = ['ReplicaSet', 'StatefulSet', 'ReplicationController']

const ownerOf = ({ metadata }: V1Pod | V1Job) =>
  metadata?.ownerReferences?.find(({ controller }) => controller === true) ?? metadata?.ownerReferences?.[0]

/** It belongs to its node and would be on no other: of a DaemonSet, or a static pod. */
export const isOfNode = (pod: V1Pod): boolean =>
  ['DaemonSet', 'Node'].includes(ownerOf(pod)?.kind ?? '') ||
  pod.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined

/** It serves until it is taken away, or it has something to finish. */
export const kindOfWork = (pod: V1Pod): 'services' | 'jobs' =>
  services.includes(ownerOf(pod)?.kind ?? '') ? 'services' : 'jobs'

/** Pods of a Job by its uid, Jobs of a CronJob by the CronJob's: what does the same work. Null: nothing else does. */
export function familyOf(pod: V1Pod, jobs: ReadonlyMap<string, V1Job>): string | null {
  const owner = ownerOf(pod)
  if (owner?.kind !== 'Job') return null
  const job = jobs.get(owner.uid)
  const above = job === undefined ? undefined : ownerOf(job)
  return above?.kind === 'CronJob' ? above.uid : owner.uid
}

/** Uid of the Job whose pod it is; null. */
export const jobOf = (pod: V1Pod): string | null => {
  const owner = ownerOf(pod)
  return owner?.kind === 'Job' ? owner.uid : null
}
