/** Where objects lie on an API server. */

/** What every object says of itself. */
export interface KubeObject {
  apiVersion?: string
  kind?: string
  metadata?: {
    name?: string
    namespace?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    resourceVersion?: string
  }
}

/** `/api/v1/nodes`, `/apis/batch/v1/namespaces/n/jobs` … and the object's name where one is given. */
export function pathOf(apiVersion: string, kind: string, namespace?: string, name?: string): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const within = namespace === undefined ? '' : `/namespaces/${namespace}`
  return `${group}${within}/${pluralOf(kind)}${name === undefined ? '' : `/${name}`}`
}

/** Throws TypeError for an object that does not say what it is. */
export function pathOfObject({ apiVersion, kind, metadata }: KubeObject): string {
  if (apiVersion === undefined || kind === undefined || metadata?.name === undefined)
    throw new TypeError('an object needs apiVersion, kind and metadata.name')
  return pathOf(apiVersion, kind, metadata.namespace, metadata.name)
}

/** As Kubernetes forms them: Policy → policies, Ingress → ingresses, Node → nodes; Chaos Mesh has no plural of chaos. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase()
  if (lower.endsWith('chaos')) return lower
  if (lower.endsWith('y') && !/[aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`
}
