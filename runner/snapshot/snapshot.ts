/** Clusters as they are, as a scenario. */

import { FabricdtError } from '../errors.ts'
import { groupNodes, type NodeGroup } from './groups.ts'
import { Labels } from './names.ts'
import type { ClusterObjects } from './read-cluster.ts'
import { traceCsv } from './trace-csv.ts'
import { type TraceRow, windowOf } from './window.ts'
import { median, type Work, workOfCluster } from './work.ts'
import { scenarioYaml } from './yaml.ts'

export interface SnapshotOptions {
  /** Of the scenario. */
  readonly name: string
  /** When the clusters were read. */
  readonly nowMs: number
  /** How far back work is told of. */
  readonly sinceS: number
}

/** A workload of the scenario: what ran on alike nodes. */
export interface SnapshotWorkload {
  readonly name: string
  /** Of its trace, beside the scenario. */
  readonly file: string
  readonly kind: TraceRow['kind']
  readonly group: NodeGroup
  readonly rows: readonly TraceRow[]
}

export interface SnapshotFacts extends SnapshotOptions {
  readonly contexts: readonly string[]
  readonly startMs: number
  readonly groups: readonly (NodeGroup & { readonly startupS: number | null })[]
  readonly workloads: readonly SnapshotWorkload[]
  /** Sentences about what is not as it was. */
  readonly notes: readonly string[]
}

export interface Snapshot {
  readonly yaml: string
  /** Traces by their file's name. */
  readonly traces: Readonly<Record<string, string>>
  readonly facts: SnapshotFacts
}

/** Throws FabricdtError `cluster-failed` where no node takes work. */
export function snapshotOf(clusters: readonly ClusterObjects[], options: SnapshotOptions): Snapshot {
  const facts = factsOf(clusters, options)
  return {
    yaml: scenarioYaml(facts),
    traces: Object.fromEntries(facts.workloads.map(({ file, rows }) => [file, traceCsv(rows)])),
    facts,
  }
}

function factsOf(clusters: readonly ClusterObjects[], options: SnapshotOptions): SnapshotFacts {
  const names = new Labels()
  const notes: string[] = []
  const groups: NodeGroup[] = []
  const work: Work[] = []
  for (const cluster of clusters) {
    const grouped = groupNodes(cluster, names)
    notes.push(...grouped.notes)
    if (grouped.groups.length === 0) {
      notes.push(`cluster ${cluster.context} is left out with all its work: none of its nodes takes work`)
      continue
    }
    groups.push(...grouped.groups)
    const worked = workOfCluster(cluster, grouped.groups, options.nowMs)
    work.push(...worked.work)
    for (const [why, count] of worked.leftOut) notes.push(`left out of ${cluster.context}: ${count} × ${why}`)
  }
  if (groups.length === 0)
    throw new FabricdtError('cluster-failed', `no node takes work: ${notes[0] ?? 'there are none'}`, {
      hint: 'A scenario needs at least one node that is ready and not cordoned.',
    })
  const { startMs, rows, tooOld, early } = windowOf(work, options.nowMs, options.sinceS)
  if (tooOld > 0) notes.push(`left out: ${tooOld} × ended before the begin of this snapshot (--since)`)
  if (early > 0)
    notes.push(
      `${early} × submitted before the begin of this snapshot: they come at second 0 and run for what was left`,
    )
  notes.push(...stateNotes(rows))
  return {
    ...options,
    contexts: clusters.map(({ context }) => context),
    startMs,
    groups: groups.map(group => ({ ...group, startupS: startupOf(group, work) })),
    workloads: workloadsOf(groups, rows, options.name),
    notes,
  }
}

function stateNotes(rows: readonly TraceRow[]): string[] {
  const of = (state: TraceRow['state']): number => rows.filter(row => row.state === state).length
  const sentences: [number, string][] = [
    [of('running'), 'still running: their run time is what they have run so far'],
    [of('waiting'), 'waiting: their run time is the median of what has finished of the same Job or CronJob'],
    [of('failed'), 'failed: their run time is that until they failed, and they fail no more'],
  ]
  return sentences.filter(([count]) => count > 0).map(([count, what]) => `${count} × ${what}`)
}

function workloadsOf(groups: readonly NodeGroup[], rows: readonly TraceRow[], name: string): SnapshotWorkload[] {
  return groups.flatMap(group =>
    (['jobs', 'services'] as const).flatMap(kind => {
      const own = rows.filter(row => row.group === group && row.kind === kind)
      const workload = `${group.name}-${kind}`
      return own.length === 0 ? [] : [{ name: workload, file: `${name}.${workload}.csv`, kind, group, rows: own }]
    }),
  )
}

/** Fewer say too little. */
const fewest = 5

/** Median seconds from the choice of the node to the begin; null where too few tell. */
function startupOf(group: NodeGroup, work: readonly Work[]): number | null {
  const times = work
    .filter(one => one.group === group && one.boundMs !== null && one.state !== 'waiting')
    .map(({ beganMs, boundMs }) => Math.max(0, beganMs - boundMs!) / 1000)
  return times.length < fewest ? null : median(times)
}
