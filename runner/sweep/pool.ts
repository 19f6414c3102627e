/** Batches of trials on a Piscina pool over shared models. */
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Piscina } from 'piscina'
import { packageRoot } from '../../reports/package-root.ts'
import { settleMs } from '../../reports/settle-threads.ts'
import type { TrialOutcome } from './trial.ts'
import type { Batch } from './worker.ts'

/** How long an abort waits for batches under way. */
const graceMs = 5000
/** The next batch of a thread waits in the pool when one is done. */
const batchesPerThread = 2

export interface PoolOptions {
  readonly threads: number
  readonly signal: AbortSignal
  /** Whether there is anything to run for sure: then threads get ready while the first batch is made. */
  readonly isSure: boolean
  /** Told of the threads' end, where the caller goes on before it; absent: it is awaited. */
  readonly linger?: ((gone: Promise<void>) => void) | undefined
  /** What to run next; null where there is nothing, until a batch under way brings something about. */
  readonly next: () => Batch | null
  /** A batch has ended. */
  readonly settle: (outcomes: readonly TrialOutcome[]) => void
}

/**
 * Runs batches until there are none and none is under way. Rejects with the signal's reason when aborted; no thread
 * survives the call, or what `linger` is told of. Where there is nothing to run, no thread begins.
 */
export async function runBatches(options: PoolOptions): Promise<void> {
  const { threads, signal, linger } = options
  const known = options.isSure ? undefined : options.next()
  if (known === null) return
  const { Piscina } = await import('piscina')
  const pool = new Piscina({ filename: workerFile(), minThreads: threads, maxThreads: threads, recordTiming: false })
  const tooLate = tooLateAfter(signal)
  try {
    const first = known ?? options.next()
    if (first !== null) await Promise.race([runAll(pool, first, options), tooLate.promise])
    signal.throwIfAborted()
  } finally {
    tooLate.forget()
    const gone = close(pool)
    if (linger === undefined) await gone
    else linger(gone)
  }
}

async function close(pool: Piscina): Promise<void> {
  await setTimeout(settleMs)
  await pool.destroy()
}

function runAll(pool: Piscina, first: Batch, { threads, signal, next, settle }: PoolOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let underWay = 0
    const start = (batch: Batch): void => {
      underWay++
      pool
        .run(batch)
        .then((outcomes: TrialOutcome[]) => {
          underWay--
          settle(outcomes)
          fill()
        })
        .catch(reject)
    }
    const fill = (): void => {
      while (underWay < batchesPerThread * threads && !signal.aborted) {
        const batch = next()
        if (batch === null) break
        start(batch)
      }
      if (underWay === 0) resolve()
    }
    start(first)
    fill()
  })
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

/** Threads run built JavaScript, also when this file was loaded as TypeScript by the tests. */
const workerFile = (): string => fileURLToPath(new URL('dist/bundle/worker.js', packageRoot))
