/** Waiting that ends: every wait on a cluster has a bound and can be called off. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves after `ms`, rejects with the signal's reason when it aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal })
}

/** Milliseconds before try number `attempt` (from 0): doubled each time up to 5 s, spread over its upper half. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(5000, 100 * 2 ** Math.min(attempt, 10))
  return whole / 2 + (random() * whole) / 2
}

/** Asks until the answer is not null, at most for `withinMs`; then `null`. */
export async function until<T>(
  ask: () => Promise<T | null>,
  { withinMs, everyMs = 250, signal }: { withinMs: number; everyMs?: number; signal?: AbortSignal | undefined },
): Promise<T | null> {
  const endMs = performance.now() + withinMs
  for (;;) {
    signal?.throwIfAborted()
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() + everyMs > endMs) return null
    await pause(everyMs, signal)
  }
}
