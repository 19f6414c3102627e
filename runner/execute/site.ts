/** A cluster as the executor needs it: Jobs go in, what becomes of pods and nodes comes out. */
import type { JobManifest } from './manifests.ts'

/** Times are milliseconds since the epoch: of receipt by the runner's clock, others by the cluster's (whole seconds). */
export interface PodSeen {
  /** Name of the Job that it is of. */
  readonly job: string
  readonly uid: string
  readonly phase: 'pending' | 'running' | 'succeeded' | 'failed' | 'gone'
  /** It failed by itself, and not because of what the cluster did to it. */
  readonly isFault: boolean
  readonly receiptMs: number
  readonly boundMs: number | null
  readonly beganMs: number | null
  readonly endedMs: number | null
  /** Core-seconds that its container says it used; null: it does not say. */
  readonly cpuS: number | null
}

export interface NodeSeen {
  /** As the scenario calls it. */
  readonly node: string
  readonly ready: boolean
  readonly receiptMs: number
  /** When the cluster says that it became so. */
  readonly changedMs: number | null
}

/** What a site tells, each as soon as it is known. */
export interface Seen {
  pod(pod: PodSeen): void
  node(node: NodeSeen): void
  /** The watch came to know of a Job: what it takes to hear of a change. */
  echo(job: string, receiptMs: number): void
  /** A watch broke off; it goes on by itself where it was. */
  interrupted(why: string): void
  /** Nothing can be heard of the cluster any more, or again: then all that is so is told anew. */
  heard(isHeard: boolean, why: string): void
}

export interface Site {
  /** The scenario's name of the cluster. */
  readonly name: string
  /** Tells from now on; resolves when what is there was told. Throws FabricdtError `cluster-failed`. */
  watch(seen: Seen): Promise<void>
  /** Makes a Job, and says when the cluster says that it was made. Throws FabricdtError `cluster-failed` after some tries. */
  submit(job: JobManifest): Promise<{ createdMs: number | null }>
  /** Removes a Job with its pods; nothing happens where there is none. Throws as `submit`. */
  withdraw(job: string): Promise<void>
  /** Stops telling. */
  close(): void
}
