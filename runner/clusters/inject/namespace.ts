/** What a run writes into a cluster lies in a namespace of its own, so that taking it away takes all of it away. */

import { FabricdtError } from '../../errors.ts'
import { isStatus } from '../api-error.ts'
import type { Cluster } from '../client.ts'
import { pathOf } from '../paths.ts'
import { until } from '../pause.ts'
import type { Means, Step } from './means.ts'

export const namespaceMeans: Means = {
  name: 'namespace',
  summary: 'a namespace for the run',
  steps: async () => [],
  async bringAbout({ data }, cluster) {
    const { name, labels } = data as { name: string; labels: Record<string, string> }
    const metadata = { name, labels: { 'app.kubernetes.io/managed-by': 'fabricdt', ...labels } }
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata }, { withinMs: 20_000 })
  },
  async takeBack({ data }, cluster) {
    const path = pathOf('v1', 'Namespace', undefined, data.name as string)
    await remove(path, cluster)
    // Pods of a node that does not answer would keep it for ever; they are of no use to anybody any more.
    const gone = await until(() => goneOrForced(path, data.name as string, cluster), { withinMs: 60_000, everyMs: 500 })
    if (gone === null)
      throw new FabricdtError('cluster-failed', `cluster ${cluster.handle.name}: namespace ${data.name} does not go`)
  },
}

/** The step that makes, and afterwards removes, a namespace; to be journalled before it is brought about. */
export const namespaceStep = (cluster: string, name: string, labels: Record<string, string>): Step => ({
  means: 'namespace',
  cluster,
  data: { name, labels },
})

async function remove(path: string, cluster: Cluster): Promise<void> {
  try {
    await cluster.call('DELETE', path, { withinMs: 20_000 })
  } catch (error) {
    if (!isStatus(error, 404) && !isStatus(error, 409)) throw error
  }
}

async function goneOrForced(path: string, namespace: string, cluster: Cluster): Promise<true | null> {
  try {
    await cluster.call('GET', path, { withinMs: 20_000 })
  } catch (error) {
    if (isStatus(error, 404)) return true
    throw error
  }
  const query = { gracePeriodSeconds: 0 }
  await cluster.call('DELETE', pathOf('v1', 'Pod', namespace), { query, withinMs: 20_000 })
  return null
}
