/** `fabricdt-run snapshot`: live clusters become a scenario. Nothing is ever written to them. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { connect } from '../clusters/client.ts'
import { copyContext } from '../clusters/kubeconfig.ts'
import { exits, FabricdtError } from '../errors.ts'
import { replaceFile } from '../output/run-folder.ts'
import { readDuration } from '../scenario/quantities.ts'
import { labelOf } from '../snapshot/names.ts'
import { type ClusterObjects, readCluster } from '../snapshot/read-cluster.ts'
import { type Snapshot, snapshotOf } from '../snapshot/snapshot.ts'

export interface SnapshotFlags {
  /** `context`, or `name=context`; several with commas between them. */
  context: string[]
  kubeconfig?: string
  /** File to write. */
  out?: string
  name?: string
  since: string
  force?: boolean
  dryRun?: boolean
}

/** Throws FabricdtError `usage`, `cluster-failed` or `output-failed`. */
export async function runSnapshot(flags: SnapshotFlags): Promise<number> {
  const name = labelOf(flags.name ?? basename(flags.out ?? 'snapshot').replace(/\.ya?ml$/, ''))
  const out = flags.out ?? `${name}.yaml`
  const sinceS = sinceOf(flags.since)
  const snapshot = snapshotOf(await readAll(flags), { name, nowMs: Date.now(), sinceS })
  if (flags.dryRun === true) {
    process.stdout.write(snapshot.yaml)
    return exits.ok
  }
  await write(snapshot, out, flags.force === true)
  process.stderr.write(summaryOf(snapshot))
  process.stdout.write(`${out}\n`)
  return exits.ok
}

function sinceOf(text: string): number {
  try {
    return readDuration(text)
  } catch (cause) {
    throw new FabricdtError('usage', `--since ${text}: ${(cause as Error).message}`, {
      cause,
      hint: 'Such as 24h or 90m.',
    })
  }
}

/** One after the other: each is asked for a lot. */
async function readAll({ context, kubeconfig }: SnapshotFlags): Promise<ClusterObjects[]> {
  const named = context.flatMap(text => text.split(',')).filter(text => text !== '')
  if (named.length === 0) throw new FabricdtError('usage', 'no context is named', { hint: 'Such as --context kind-a.' })
  const folder = await mkdtemp(join(tmpdir(), 'fabricdt-snapshot-'))
  try {
    const clusters: ClusterObjects[] = []
    for (const [i, text] of named.entries()) clusters.push(await readOne(text, kubeconfig, join(folder, String(i))))
    return clusters
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readOne(text: string, from: string | undefined, folder: string): Promise<ClusterObjects> {
  const at = text.indexOf('=')
  const context = text.slice(at + 1)
  const file = join(folder, 'kubeconfig')
  await copyContext(context, file, from)
  const name = labelOf(at < 0 ? context : text.slice(0, at))
  const cluster = await connect({ fabric: 'snapshot', name, provider: 'context', kubeconfig: file, context })
  try {
    return await readCluster(cluster)
  } finally {
    cluster.close()
  }
}

/** The traces first: a scenario that is there can be run. */
async function write({ yaml, traces }: Snapshot, out: string, force: boolean): Promise<void> {
  const files = Object.entries(traces).map(([name, text]) => [join(dirname(out), name), text] as const)
  const all = [...files, [out, yaml] as const]
  const there = all.map(([file]) => file).filter(file => existsSync(file))
  if (there.length > 0 && !force)
    throw new FabricdtError('usage', `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already`, {
      hint: 'Choose another --out or --name, or overwrite with --force.',
    })
  for (const [file, text] of all) await replaceFile(file, text)
}

function summaryOf({ facts: { groups, workloads, notes } }: Snapshot): string {
  const nodes = groups.reduce((sum, group) => sum + group.nodes.length, 0)
  const jobs = workloads.reduce((sum, { rows }) => sum + rows.length, 0)
  const lines = [
    `${nodes} nodes in ${groups.length} clusters, ${jobs} pods that ran or run`,
    ...notes.map(note => `  ${note}`),
  ]
  return `${lines.join('\n')}\n`
}
