/** What every policy must hold to, one of the table or of the user's own. */
import { isDeepStrictEqual } from 'node:util'
import type { Trials } from './trials.ts'

export interface Check {
  /** A sentence that holds. */
  readonly name: string
  /** What is wrong, or null. Throws what the policy throws. */
  readonly run: (trials: Trials) => string | null
}

const backfilled = (backfill: string): Check => ({
  name: `with backfilling ${backfill} too, and nothing of it outlives the run`,
  run: trials =>
    booksProblem(trials.run(0, { backfill }).total) ??
    (isDeepStrictEqual(trials.fresh(0, { backfill }), trials.run(0, { backfill })) ? null : 'a second run differs'),
})

export const checks: readonly Check[] = [
  { name: 'documents itself and every option', run: documented },
  {
    name: 'every job reaches a terminal state, and Little’s law holds',
    run: trials => booksProblem(trials.run().total) ?? littleProblem(trials.run()),
  },
  {
    name: 'same seed, same bytes',
    run: trials =>
      isDeepStrictEqual(trials.fresh(), trials.run())
        ? null
        : 'two runs of the same replication differ: it must not remember anything from one run to the next, draw its own random numbers, or look at a clock',
  },
  {
    name: 'another replication, other luck',
    run: trials =>
      isDeepStrictEqual(trials.run(1).samples.latency, trials.run().samples.latency) ? 'the same latencies' : null,
  },
  backfilled('easy'),
  backfilled('conservative'),
  {
    name: 'with nodes that are switched off and booted all jobs reach a terminal state too',
    // One wrapper gives every policy of the table that option; those of the user's own do not have it.
    run: trials =>
      'switchOff' in trials.entry.options
        ? switchedProblem(trials.run(0, { switchOff: { mode: 'inertial', keepS: 3 } }))
        : null,
  },
  {
    name: 'meets the same luck as others: jobs are submitted at the same instants',
    run: trials =>
      isDeepStrictEqual(trials.run().jobs?.submitTime, trials.yardstick().jobs?.submitTime) ? null : 'other instants',
  },
  { name: 'nothing is placed on a wrong architecture', run: architectures },
  { name: 'no node ever does more than it can', run: capacities },
  { name: 'keeps to labels and taints', run: labels },
]

function documented({ entry: { summary, options } }: Trials): string | null {
  if (summary.length <= 20) return 'its summary has 20 characters or fewer'
  for (const [name, { description, default: value }] of Object.entries(options)) {
    if (typeof description !== 'string' || description.length <= 5) return `the option ${name} has no description`
    if (value === undefined && !description.includes('Absent:'))
      return `the option ${name} has no default, and its description does not say what holds then (“Absent: …”)`
  }
  return null
}

type Total = ReturnType<Trials['run']>['total']

function booksProblem({ submitted, completed, failed, rejected, cancelled, unfinished }: Total): string | null {
  const ended = completed + failed + rejected + cancelled
  if (submitted <= 200) return `only ${submitted} jobs were submitted`
  if (unfinished > 0) return `${unfinished} of ${submitted} jobs never ended: it leaves waiting what would fit`
  return ended === submitted ? null : `${submitted - ended} of ${submitted} jobs were dropped`
}

const littleProblem = ({ systemJobS, sojournS }: ReturnType<Trials['run']>): string | null =>
  Math.abs(systemJobS - sojournS) / sojournS < 1e-9
    ? null
    : `jobs over time (${systemJobS}) and time in the system (${sojournS}) differ`

function switchedProblem({ total, boots, clusters }: ReturnType<Trials['run']>): string | null {
  const { capacityCoreS, upCoreS, switchedCoreS } = clusters
  const over = capacityCoreS.findIndex((all, c) => upCoreS[c] + switchedCoreS[c] > all * (1 + 1e-12))
  if (over >= 0) return 'nodes were on and off for longer than there was'
  return booksProblem(total) ?? (boots > 0 ? null : 'no node was ever switched off')
}

function architectures(trials: Trials): string | null {
  const { clusters, nodeCluster, workloads } = trials.model
  const { node, workload } = trials.run().decisions!
  const isWrong = (i: number) => workloads.names[workload[i]] === 'gang' && clusters.names[nodeCluster[node[i]]] === 'b'
  return node.some((_, i) => isWrong(i)) ? 'a stage built for amd64 was placed on arm64' : null
}

function capacities(trials: Trials): string | null {
  const { busyCoreS, upCoreS } = trials.run().clusters
  const over = busyCoreS.findIndex((busy, c) => busy > upCoreS[c] * (1 + 1e-12))
  return over < 0 ? null : `cluster ${trials.model.clusters.names[over]} was busier than it can be`
}

function labels(trials: Trials): string | null {
  const { clusters, nodeCluster } = trials.labelledModel
  const { total, decisions } = trials.labelled()
  if (total.completed !== 80) return `${total.completed} of 80 jobs were completed`
  const { node, workload } = decisions!
  const allowed = ['bd', 'a']
  const wrong = node.findIndex((value, i) => !allowed[workload[i]].includes(clusters.names[nodeCluster[value]]))
  return wrong < 0 ? null : 'a stage was placed where its selector or a taint forbids it'
}
