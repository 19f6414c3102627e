/** How a declared failure is made real: what is touched, how it is brought about, how it is taken back. */
import type { Cluster } from '../client.ts'

/** As the engine's effects: nodes go dark, pairs of clusters are cut or slower, nodes are slow. */
export type FailureKind = 'blackout' | 'cut' | 'inflate' | 'slow'

/** One effect on one cluster; nodes by their names on it. */
export interface Target {
  readonly kind: FailureKind
  /** Nodes that go dark or slow. */
  readonly nodes: readonly string[]
  /** Slow: what is left of their speed; inflate: by what latencies are multiplied. */
  readonly factor?: number
  /** Cut and inflate: the cluster at the other end. */
  readonly other?: string
}

/** One thing that is touched, with what is needed to put it back: plain data, journalled before it is done. */
export interface Step {
  /** Name in the table of means. */
  readonly means: string
  readonly cluster: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Means {
  readonly name: string
  /** How a person is told. */
  readonly summary: string
  /** Whether it can be used on the cluster; absent: on all that the provider makes. */
  isUsable?(cluster: Cluster): Promise<boolean>
  /** Of cuts: whether what is asked of the other cluster from the cluster is answered; absent: nobody can ask so. */
  reaches?(from: Cluster, other: Cluster, timeoutMs: number): Promise<boolean>
  /** What would be touched, and how it is now; touches nothing. Throws ApiError. */
  steps(target: Target, cluster: Cluster): Promise<Step[]>
  /** Throws ApiError. */
  bringAbout(step: Step, cluster: Cluster): Promise<void>
  /** Puts it back, also where it was never or only half brought about, or is back already. Throws ApiError. */
  takeBack(step: Step, cluster: Cluster): Promise<void>
}
