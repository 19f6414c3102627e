/** Failures by the means of a provider. */
import type { Cluster } from '../clusters/client.ts'
import { nodeOn } from '../clusters/fabrics.ts'
import { canInject, inject } from '../clusters/inject/inject.ts'
import type { Journal } from '../clusters/journal.ts'
import type { Provider } from '../clusters/provider.ts'
import type { Injector } from './injector.ts'

export function kubeInjector(clusters: readonly Cluster[], provider: Provider, journal: Journal): Injector {
  const byName = new Map(clusters.map(cluster => [cluster.handle.name, cluster]))
  return {
    can: kind => canInject(provider, { kind }),
    async inject({ kind, cluster: name, nodes, factor, other }) {
      const cluster = byName.get(name)!
      const onCluster = nodes.map(node => nodeOn(cluster.handle, node))
      const target = { kind, nodes: onCluster, factor, ...(other === null ? {} : { other }) }
      return inject(target, cluster, { provider, journal })
    },
  }
}
