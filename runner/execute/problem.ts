/**
 * Something went wrong on a cluster, in words, and what figure cannot be trusted for it: `all`; none where it was but left
 * behind (`cleanup`), or where a watch told late (`watch`).
 */
export interface Problem {
  readonly what: 'all' | 'cleanup' | 'watch'
  readonly why: string
}

export const problemOf = (what: Problem['what'], error: unknown): Problem => ({ what, why: (error as Error).message })
