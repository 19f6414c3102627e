/** The Prometheus of a cluster, where one runs in it: a service that is called or labelled as those of its charts and operator are. */
import type { V1Service } from '@kubernetes/client-node'
import type { Cluster } from '../clusters/client.ts'
import { pathOf } from '../clusters/paths.ts'
import { type Prometheus, prometheusIn } from './prometheus.ts'

const label = 'app.kubernetes.io/name'

const portNames = ['web', 'http-web', 'http', 'http-prometheus', 'prometheus']

/** null where there is none. Throws ApiError where services must not be listed, or it does not answer. */
export async function findPrometheus(cluster: Cluster): Promise<Prometheus | null> {
  const { items } = await cluster.call<{ items: V1Service[] }>('GET', pathOf('v1', 'Service'), { timeoutMs: 5000 })
  for (const service of [...items].sort((a, b) => rankOf(a) - rankOf(b))) {
    const port = portOf(service)
    if (rankOf(service) === Number.POSITIVE_INFINITY || port === null) continue
    return prometheusIn(cluster, `${service.metadata?.namespace}/${service.metadata?.name}:${port}`)
  }
  return null
}

/** The operator's own first, then what charts make; others that have the word in their name are parts of it. */
function rankOf({ metadata }: V1Service): number {
  const name = metadata?.name ?? ''
  if (name === 'prometheus-operated') return 0
  if (['prometheus', 'prometheus-server', 'prometheus-k8s'].includes(name)) return 1
  return metadata?.labels?.[label] === 'prometheus' ? 2 : Number.POSITIVE_INFINITY
}

function portOf({ spec }: V1Service): number | null {
  const ports = spec?.ports ?? []
  const named = ports.find(({ name }) => portNames.includes(name ?? ''))
  return (named ?? ports.find(({ port }) => [9090, 80].includes(port)) ?? ports[0])?.port ?? null
}
