/** Something went wrong on a cluster, in words, and what figure cannot be trusted for it: `all`, or none where it was but left behind. */
export interface Problem {
  readonly what: 'all' | 'cleanup'
  readonly why: string
}

export const problemOf = (what: Problem['what'], error: unknown): Problem => ({ what, why: (error as Error).message })
