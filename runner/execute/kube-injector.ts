/** Failures by the means of a provider. */
import type { Cluster } from '../clusters/client.ts'
import { nodeOn } from '../clusters/fabrics.ts'
import { findMeans } from '../clusters/inject/index.ts'
import { inject, kindsFor } from '../clusters/inject/inject.ts'
import type { Journal } from '../clusters/journal.ts'
import type { Provider } from '../clusters/provider.ts'
import type { Injector } from './injector.ts'

/** Asks the clusters what can be brought about on them. Throws ApiError. */
export async function kubeInjector(
  clusters: readonly Cluster[],
  provider: Provider,
  journal: Journal,
): Promise<Injector> {
  const byName = new Map(clusters.map(cluster => [cluster.handle.name, cluster]))
  const kinds = await kindsFor(provider, clusters)
  return {
    can: kind => kinds.has(kind),
    async inject({ kind, cluster: name, nodes, factor, other }) {
      const cluster = byName.get(name)!
      const onCluster = nodes.map(node => nodeOn(cluster.handle, node))
      const target = { kind, nodes: onCluster, factor, ...(other === null ? {} : { other }) }
      const injection = await inject(target, cluster, { provider, journal })
      const { reaches } = findMeans(provider.failures[kind]!)!
      const far = byName.get(other ?? '')
      if (reaches === undefined || far === undefined) return injection
      return { ...injection, ask: timeoutS => reaches(cluster, far, timeoutS * 1000) }
    },
  }
}
