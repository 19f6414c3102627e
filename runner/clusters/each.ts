/** Many calls to one API server, a few at a time. */

/** Calls `act` on every item, at most eight at once; throws the first error, when all that had begun have come to an end. */
export async function each<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0
  let failed = false
  const work = async (): Promise<void> => {
    while (next < items.length && !failed) {
      try {
        await act(items[next++])
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(8, items.length) }, work))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
