/** What was touched on a cluster is put back, whoever touched it. */
import { connect } from './client.ts'
import { findMeans } from './inject/index.ts'
import type { Journal, OpenStep } from './journal.ts'
import type { ClusterHandle } from './state.ts'

/** Throws FabricdtError; then it stays in the journal. */
export async function putBack(
  { id, step }: OpenStep,
  handle: ClusterHandle | undefined,
  journal: Journal,
): Promise<void> {
  const means = findMeans(step.means)
  // A cluster that is not there any more has nothing to be put back.
  if (handle !== undefined && means !== undefined) {
    const cluster = await connect(handle)
    try {
      await means.takeBack(step, cluster)
    } finally {
      cluster.close()
    }
  }
  journal.restored(id)
}
