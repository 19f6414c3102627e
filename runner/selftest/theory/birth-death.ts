/**
 * Long-run probability of each state of a birth-death process with the states 0 … births.length: from state n up at rate
 * births[n], from state n + 1 down at rate deaths[n] (Kleinrock, "Queueing Systems", volume 1, 3.2).
 */
export function birthDeath(births: readonly number[], deaths: readonly number[]): number[] {
  const weights = [1]
  for (const [n, birth] of births.entries()) weights.push((weights[n] * birth) / deaths[n])
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => weight / total)
}

/**
 * Jobs in M/M/c/K at the load a (erlangs): the probability of each number 0 … room, of which at most `servers` are in
 * service. A room of a few hundred is M/M/c, where a < c.
 */
export const jobsInRoom = (servers: number, room: number, a: number): number[] =>
  birthDeath(
    Array.from({ length: room }, () => a),
    Array.from({ length: room }, (_, n) => Math.min(n + 1, servers)),
  )
