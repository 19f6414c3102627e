/** Clusters that exist: contexts of the user's kubeconfig, each named on purpose. Nothing is made, and no node is relabelled. */
import { rm } from 'node:fs/promises'
import type { V1Node } from '@kubernetes/client-node'
import { FabricdtError } from '../../errors.ts'
import { connect } from '../client.ts'
import { Journal } from '../journal.ts'
import { copyContext, readContexts } from '../kubeconfig.ts'
import { matchNodes } from '../match-nodes.ts'
import { pathOf } from '../paths.ts'
import type { Finding, Provider } from '../provider.ts'
import { putBack } from '../put-back.ts'
import { readFabric } from '../state.ts'

export const context: Provider = {
  name: 'context',
  summary: 'clusters that exist: one context of the kubeconfig for each, named with --context',
  given: new Set(['network']),
  failures: { blackout: 'taint', cut: 'network-chaos' },
  doctor: async () => [await contexts()],
  describe: (cluster, { option, kubeconfig }) => [
    `use the context ${option ?? '(not named yet: --context)'} as it is, ${cluster.nodes.length} of its nodes`,
    `kubeconfig ${kubeconfig} (a private copy)`,
  ],
  async make(cluster, { fabric, kubeconfig, option }) {
    if (option === undefined)
      throw new FabricdtError('usage', `which context is ${cluster.name}?`, {
        hint: `Name it: --context ${cluster.name}=<context>.`,
      })
    await copyContext(option, kubeconfig)
    const client = await connect({ fabric, name: cluster.name, provider: 'context', kubeconfig, context: option })
    try {
      const { items } = await client.call<{ items: V1Node[] }>('GET', pathOf('v1', 'Node'), { withinMs: 10_000 })
      return { context: option, nodeNames: matchNodes(cluster, items) }
    } finally {
      client.close()
    }
  },
  /** The cluster stays; what a dead runner left on it does not. */
  async takeAway({ name }, { fabric, folder }) {
    const journal = new Journal(fabric)
    const handle = readFabric(fabric)?.clusters.find(made => made.name === name)
    for (const open of journal.open()) if (open.step.cluster === name) await putBack(open, handle, journal)
    await rm(folder, { recursive: true, force: true })
  },
}

async function contexts(): Promise<Finding> {
  const names = await readContexts().catch(() => [])
  const ok = names.length > 0
  return {
    ok,
    what: 'contexts',
    detail: ok ? names.join(', ') : 'no kubeconfig with a context',
    hint: ok ? '' : 'set KUBECONFIG, or make a cluster',
  }
}
