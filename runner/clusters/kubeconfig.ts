/** A kubeconfig of one context alone, in a private file of ours: what happens to the user's own files does not matter then. */
import type { KubeConfig } from '@kubernetes/client-node'
import { FabricdtError } from '../errors.ts'
import { writePrivate } from './templates.ts'

/** Names of the contexts that the user has ($KUBECONFIG, else ~/.kube/config). Throws FabricdtError `cluster-failed`. */
export async function readContexts(): Promise<string[]> {
  return (await userConfig()).getContexts().map(({ name }) => name)
}

/** `from`: another kubeconfig than the user's. Throws FabricdtError `cluster-failed` where there is no such context. */
export async function copyContext(context: string, file: string, from?: string): Promise<void> {
  const config = await userConfig(from)
  const names = config.getContexts().map(({ name }) => name)
  if (!names.includes(context))
    throw new FabricdtError('cluster-failed', `there is no context ${context} in the kubeconfig`, {
      hint: names.length === 0 ? 'Set KUBECONFIG.' : `Contexts: ${names.join(', ')}.`,
    })
  config.setCurrentContext(context)
  const { KubeConfig } = await import('@kubernetes/client-node')
  const alone = new KubeConfig()
  alone.loadFromOptions({
    clusters: [config.getCurrentCluster()],
    users: [config.getCurrentUser()].filter(user => user !== null),
    contexts: [config.getContextObject(context)],
    currentContext: context,
  })
  await writePrivate(file, alone.exportConfig())
}

async function userConfig(file?: string): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  try {
    if (file === undefined) config.loadFromDefault()
    else config.loadFromFile(file)
  } catch (cause) {
    throw new FabricdtError('cluster-failed', `cannot read the kubeconfig: ${(cause as Error).message}`, { cause })
  }
  return config
}
