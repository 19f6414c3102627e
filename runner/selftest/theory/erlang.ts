/** Formulas of A. K. Erlang (1917), for c servers at the load a in erlangs. */

/** Share of the jobs that are turned away where there is no room to wait. */
export function erlangB(c: number, a: number): number {
  let blocked = 1
  for (let n = 1; n <= c; n++) blocked = (a * blocked) / (n + a * blocked)
  return blocked
}

/** Share of the jobs that wait where none is turned away; a < c. */
export function erlangC(c: number, a: number): number {
  const blocked = erlangB(c, a)
  return blocked / (1 - (a / c) * (1 - blocked))
}
