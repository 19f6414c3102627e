/** Many trials on a Piscina pool over shared models, in batches that are worth a message. */
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Model } from '../../engine/index.ts'
import { packageRoot } from '../../reports/package-root.ts'
import { settleMs } from '../../reports/settle-threads.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import type { TrialKey, TrialOutcome } from './trial.ts'
import type { Batch } from './worker.ts'

/** A message costs about 50 µs: batches of this length make that nothing. */
const batchMs = 25
/** How long an abort waits for batches under way. */
const graceMs = 5000

export interface PointWork {
  readonly model: Model
  readonly policies: readonly ScenarioPolicy[]
}

export interface PoolOptions {
  threads: number
  signal: AbortSignal
  /** Model and policies of a point; asked for when its turn comes. */
  workOf: (point: number) => PointWork
  onTrial: (outcome: TrialOutcome) => void
}

/**
 * Runs all trials and gives their outcomes in the order of the keys, whatever the order in which threads finish.
 * Rejects with the signal's reason when aborted; no thread survives the call.
 */
export async function runTrials(keys: readonly TrialKey[], options: PoolOptions): Promise<TrialOutcome[]> {
  if (keys.length === 0) return []
  const threads = Math.max(1, Math.min(options.threads, keys.length))
  const { Piscina } = await import('piscina')
  const pool = new Piscina({ filename: workerFile(), minThreads: threads, maxThreads: threads, recordTiming: false })
  const outcomes = new Array<TrialOutcome>(keys.length)
  let next = 0
  let size = 1
  const feed = async (): Promise<void> => {
    while (next < keys.length && !options.signal.aborted) {
      const from = next
      next += batchLength(keys, from, Math.min(size, Math.ceil((keys.length - from) / (2 * threads))))
      const batch: Batch = { ...options.workOf(keys[from].point), keys: keys.slice(from, next) }
      const done = (await pool.run(batch)) as TrialOutcome[]
      for (const [i, outcome] of done.entries()) {
        outcomes[from + i] = outcome
        options.onTrial(outcome)
      }
      const meanMs = done.reduce((sum, outcome) => sum + outcome.wallMs, 0) / done.length
      size = Math.max(1, Math.ceil(batchMs / Math.max(0.01, meanMs)))
    }
  }
  const tooLate = tooLateAfter(options.signal)
  try {
    // Two feeders a thread: the next batch waits in the pool when one is done.
    const feeders = Array.from({ length: 2 * threads }, feed)
    await Promise.race([Promise.all(feeders), tooLate.promise])
    options.signal.throwIfAborted()
    return outcomes
  } finally {
    tooLate.forget()
    await setTimeout(settleMs)
    await pool.destroy()
  }
}

/**
 * Rejects when an abort was asked for some seconds ago. Batches under way are waited for so long, and kept: taking a
 * thread away in the middle of its work makes Node 20 crash now and then.
 */
function tooLateAfter(signal: AbortSignal): { promise: Promise<never>; forget: () => void } {
  let onAbort = () => {}
  const promise = new Promise<never>((_resolve, reject) => {
    onAbort = () => setTimeout(graceMs, undefined, { ref: false }).then(() => reject(signal.reason))
    signal.addEventListener('abort', onAbort, { once: true })
  })
  return { promise, forget: () => signal.removeEventListener('abort', onAbort) }
}

/** A batch is of one point: it carries that point's model. */
function batchLength(keys: readonly TrialKey[], from: number, most: number): number {
  let length = 1
  while (length < most && keys[from + length]?.point === keys[from].point) length++
  return length
}

/** Threads run built JavaScript, also when this file was loaded as TypeScript by the tests. */
const workerFile = (): string => fileURLToPath(new URL('dist/bundle/worker.js', packageRoot))
