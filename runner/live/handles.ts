/** Which clusters are watched: those that `up` made of the scenario, or contexts that are named. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyContext } from '../clusters/kubeconfig.ts'
import { type ClusterHandle, readFabric } from '../clusters/state.ts'
import { FabricdtError } from '../errors.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface LiveFlags {
  /** Watch what `up` made of the scenario. */
  live?: boolean
  /** `context`, or `cluster=context`; several with commas between them. */
  context: string[]
}

export interface Handles {
  readonly clusters: readonly ClusterHandle[]
  /** Takes away the private kubeconfigs that were written for it. */
  forget(): Promise<void>
}

/** None where none are asked for. Throws FabricdtError `usage` or `cluster-failed`. */
export async function liveHandles(scenario: Scenario, { live, context }: LiveFlags): Promise<Handles> {
  const named = context.flatMap(text => text.split(',')).filter(text => text !== '')
  if (live === true && named.length > 0) throw new FabricdtError('usage', 'give --live or --context, not both')
  if (live === true) return { clusters: madeOf(scenario), forget: async () => {} }
  if (named.length === 0) return { clusters: [], forget: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'fabricdt-live-'))
  const forget = () => rm(folder, { recursive: true, force: true })
  try {
    const clusters: ClusterHandle[] = []
    for (const [i, text] of named.entries()) clusters.push(await handleOf(scenario, text, join(folder, String(i))))
    return { clusters, forget }
  } catch (error) {
    await forget()
    throw error
  }
}

function madeOf({ name }: Scenario): readonly ClusterHandle[] {
  const clusters = readFabric(name)?.clusters ?? []
  if (clusters.length > 0) return clusters
  throw new FabricdtError('cluster-failed', `there are no clusters of ${name}`, {
    hint: 'Make them with `fabricdt-run up`, or name contexts with --context.',
  })
}

async function handleOf(scenario: Scenario, text: string, folder: string): Promise<ClusterHandle> {
  const at = text.indexOf('=')
  const context = at < 0 ? text : text.slice(at + 1)
  const name = at < 0 ? text : text.slice(0, at)
  const names = scenario.clusters.map(cluster => cluster.name)
  if (at >= 0 && !names.includes(name))
    throw new FabricdtError('usage', `--context ${text}: the scenario has no cluster ${name}`, {
      hint: `Its clusters are ${names.join(', ')}.`,
    })
  const kubeconfig = join(folder, 'kubeconfig')
  await copyContext(context, kubeconfig)
  return { fabric: scenario.name, name, provider: 'context', kubeconfig, context }
}
