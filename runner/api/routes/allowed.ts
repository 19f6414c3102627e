/** Which methods a path takes: for the answer to one that it does not take. */

export interface KnownRoute {
  readonly methods: readonly string[]
  /** With parameters such as `:id`. */
  readonly url: string
}

/** Sorted; empty where there is no such path. */
export const allowedMethods = (routes: readonly KnownRoute[], path: string): string[] =>
  [...new Set(routes.filter(({ url }) => matches(url, path)).flatMap(({ methods }) => methods))].sort()

function matches(url: string, path: string): boolean {
  const wanted = url.split('/')
  const given = path.replace(/\/$/, '').split('/')
  return wanted.length === given.length && wanted.every((step, i) => step.startsWith(':') || step === given[i])
}
