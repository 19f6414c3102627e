/** A failure on a real cluster: journalled, brought about, and put back on every way out. */
import { FabricdtError } from '../../errors.ts'
import type { Cluster } from '../client.ts'
import type { Journal } from '../journal.ts'
import type { Provider } from '../provider.ts'
import { findMeans } from './index.ts'
import type { FailureKind, Target } from './means.ts'

export interface Injection {
  /** How it was made real, in words. */
  readonly means: string
  /** When the first and the last thing was touched; ms since the epoch. */
  readonly injectedMs: readonly [number, number]
  /** Puts everything back and says when (ms since the epoch) it was; a second time nothing happens. Throws ApiError. */
  takeBack(): Promise<number>
}

/** Kinds of failures that the provider can make real on all of these clusters, as they and this machine are. */
export async function kindsFor(provider: Provider, clusters: readonly Cluster[]): Promise<ReadonlySet<FailureKind>> {
  const kinds = Object.entries(provider.failures) as [FailureKind, string][]
  const usable = kinds.map(async ([, name]) => {
    const means = findMeans(name)
    const found = clusters.map(async cluster => means !== undefined && (await (means.isUsable?.(cluster) ?? true)))
    return (await Promise.all(found)).every(isSo => isSo)
  })
  const isUsable = await Promise.all(usable)
  return new Set(kinds.map(([kind]) => kind).filter((_, index) => isUsable[index]))
}

/** Throws FabricdtError `cluster-failed` where the provider cannot, ApiError; then all is back as it was. */
export async function inject(
  target: Target,
  cluster: Cluster,
  { provider, journal }: { provider: Provider; journal: Journal },
): Promise<Injection> {
  const means = findMeans(provider.failures[target.kind] ?? '')
  if (means === undefined)
    throw new FabricdtError('cluster-failed', `provider ${provider.name} cannot bring about: ${target.kind}`)
  const open: { id: string; undo: () => Promise<void> }[] = []
  const takeBack = async (): Promise<number> => {
    // Last touched first; what fails stays in the journal for `recover`.
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      await last.undo()
      journal.restored(last.id)
      open.pop()
    }
    return Date.now()
  }
  const startMs = Date.now()
  try {
    for (const step of await means.steps(target, cluster)) {
      open.push({ id: journal.touch(step), undo: () => means.takeBack(step, cluster) })
      await means.bringAbout(step, cluster)
    }
  } catch (error) {
    await takeBack().catch(() => {})
    throw error
  }
  return { means: means.summary, injectedMs: [startMs, Date.now()], takeBack }
}
