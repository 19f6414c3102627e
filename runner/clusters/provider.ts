/** A way to get real clusters: a file in `providers/`, a line in its table. */

import type { PlannedCluster } from './fabric-plan.ts'
import type { FailureKind } from './inject/means.ts'
import type { ClusterHandle } from './state.ts'

/** What a provider is told rather than does for real: it is labelled so and never counts as verified. */
export type Given = 'runTime' | 'startUp' | 'energy' | 'network' | 'telemetry'

export interface Finding {
  readonly ok: boolean
  /** What was looked for: `kwokctl`, `a Docker engine`. */
  readonly what: string
  /** Where it is, or what is wrong. */
  readonly detail: string
  /** How to get it; empty where it is there. */
  readonly hint: string
}

/** What making and taking away a cluster needs to know. */
export interface ClusterIo {
  readonly fabric: string
  /** The cluster's own folder: everything that is kept of it lies there. */
  readonly folder: string
  /** Where its private kubeconfig belongs. */
  readonly kubeconfig: string
  /** Aborts on Ctrl-C; taking away is never aborted. */
  readonly signal?: AbortSignal
  /** A line for a person who waits. */
  readonly say: (line: string) => void
  /** What the user told the provider about this cluster; for `context` the context's name. */
  readonly option?: string
}

export interface Provider {
  readonly name: string
  /** One line for --help and doctor. */
  readonly summary: string
  readonly given: ReadonlySet<Given>
  /** How failures of each kind are made real here: names in the table of means; kinds that are absent cannot be. */
  readonly failures: Readonly<Partial<Record<FailureKind, string>>>
  /** What this machine has and lacks for it; nothing is changed. */
  doctor(): Promise<Finding[]>
  /** What `make` would do, a line each, for --dry-run. */
  describe(cluster: PlannedCluster, io: ClusterIo): string[]
  /**
   * Makes one cluster with its nodes and writes its kubeconfig; returns when its API server answers. What it leaves when
   * it throws, `takeAway` takes away. Throws FabricdtError `cluster-failed` or `provider-missing`.
   */
  make(cluster: PlannedCluster, io: ClusterIo): Promise<Pick<ClusterHandle, 'context' | 'nodeNames'>>
  /** Takes the cluster away, half made ones too; nothing happens where there is none. Throws FabricdtError `cluster-failed`. */
  takeAway(cluster: PlannedCluster, io: ClusterIo): Promise<void>
}
