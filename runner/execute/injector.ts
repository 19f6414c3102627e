/** Who makes failures real, as the executor needs it; everything by the scenario's names. */

export type FailureKind = 'blackout' | 'cut' | 'inflate' | 'slow'

/** One effect on one cluster. */
export interface FailureTarget {
  readonly kind: FailureKind
  readonly cluster: string
  /** Nodes that go dark or slow. */
  readonly nodes: readonly string[]
  /** Slow: what is left of their speed; inflate: by what latencies are multiplied. */
  readonly factor: number
  /** Cut and inflate: the cluster at the other end. */
  readonly other: string | null
}

export interface Injection {
  /** How it was made real, in words. */
  readonly means: string
  /** Of a cut: whether what is asked of the other cluster is answered within `timeoutS`; absent: nobody can ask. */
  readonly ask?: (timeoutS: number) => Promise<boolean>
  takeBack(): Promise<unknown>
}

export interface Injector {
  /** The same for as long as it lasts. */
  can(kind: FailureKind): boolean
  /** Resolves when it is done. Throws FabricdtError `cluster-failed`; then all is as it was. */
  inject(target: FailureTarget): Promise<Injection>
}
