/** What a pod asks of its node, by the rules of the Kubernetes scheduler. */
import type { V1Container, V1Pod } from '@kubernetes/client-node'
import { readQuantity } from '../clusters/read-quantity.ts'
import { gpuResource, type Resources } from '../clusters/scaling.ts'

/** Resources that count whole GPUs. */
export const wholeGpus = ['nvidia.com/gpu', 'amd.com/gpu', 'gpu.intel.com/i915']

/**
 * The sum of its containers, or what its initialisation asks for at most where that is more; sidecars (containers of the
 * initialisation that stay) count with both; overhead comes on top.
 */
export function podRequest({ spec }: V1Pod): Resources {
  const asked = (resource: string, unit: number): number => {
    const of = ({ resources }: V1Container) => amount(resources?.requests?.[resource])
    let sidecars = 0
    let initial = 0
    for (const container of spec?.initContainers ?? []) {
      initial = Math.max(initial, sidecars + of(container))
      if (container.restartPolicy === 'Always') sidecars += of(container)
    }
    const running = (spec?.containers ?? []).reduce((sum, container) => sum + of(container), sidecars)
    // 0.1 + 0.2 cores are 300 millicores, not 301.
    return Math.ceil(Number(((Math.max(running, initial) + amount(spec?.overhead?.[resource])) * unit).toPrecision(12)))
  }
  const gpus = wholeGpus.reduce((sum, resource) => sum + asked(resource, 1000), 0)
  return { cpuMilli: asked('cpu', 1000), memoryBytes: asked('memory', 1), gpuMilli: asked(gpuResource, 1) + gpus }
}

/** Whether it uses its node: it has one and has not ended. */
export const usesNode = ({ spec, status }: V1Pod): boolean =>
  spec?.nodeName !== undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed'

/** What the executor says that was declared, before it was scaled; null for pods of others. */
export function declaredOf({ metadata }: V1Pod): Resources | null {
  const text = metadata?.annotations?.['fabricdt.io/declared']
  if (text === undefined) return null
  try {
    const { cpuMilli, memoryBytes, gpuMilli } = JSON.parse(text) as Resources
    const all = [cpuMilli, memoryBytes, gpuMilli]
    return all.every(value => Number.isFinite(value) && value >= 0) ? { cpuMilli, memoryBytes, gpuMilli } : null
  } catch {
    return null
  }
}

const amount = (text: string | undefined): number => (text === undefined ? 0 : readQuantity(text) || 0)
