/** An outside that answers a live run with what happened in a simulation: the live run must then be that simulation. */
import {
  createSimulation,
  Live,
  type LiveAttempt,
  type Model,
  type Policy,
  type RunResult,
} from '../../engine/index.ts'
import { logOf } from '../../engine/log.ts'
import { effectKind } from '../../engine/model.ts'
import type { Run } from '../../engine/run.ts'
import { logRows } from '../reference/compare-log.ts'

const record = { jobs: true, decisions: true, events: true }

type Named = Pick<LiveAttempt, 'workload' | 'ordinal' | 'stage'> & { attempt: number }
const nameOf = ({ workload, ordinal, stage, attempt }: Named) => `${workload}/${ordinal}.${stage}#${attempt}`

/** What became of an attempt: when it began and ended, and when its tasks on each node were over. */
interface Fate {
  beginS?: number
  endS?: number
  faulty?: boolean
  overS: Map<number, number>
}

interface Recorded {
  result: RunResult
  fates: Map<string, Fate>
}

/** Simulates and keeps what became of every attempt. */
export function recordRun(model: Model, policy: Policy, replication: number): Recorded {
  const fates = new Map<string, Fate>()
  const fateOf = (named: Named): Fate => {
    const name = nameOf(named)
    if (!fates.has(name)) fates.set(name, { overS: new Map() })
    return fates.get(name)!
  }
  const simulation = createSimulation(model, policy.order, { replication, record })
  const { run } = simulation as unknown as { run: Run }
  spyOnEntries(run, fateOf)
  while (simulation.advance() === 'decision') policy.decide(simulation.view)
  for (const row of logRows(logOf(simulation.log!))) {
    if (row.kind === 'begin') fateOf(row).beginS = row.time
    if (row.kind !== 'finish' && row.kind !== 'fault') continue
    fateOf(row).endS = row.time
    fateOf(row).faulty = row.kind === 'fault'
  }
  return { result: simulation.result(), fates }
}

/** In an elastic model the tasks of an attempt are over at different times: this is not in the log. */
function spyOnEntries(run: Run, fateOf: (named: Named) => Fate): void {
  if (run.contention === null) return
  const pass = run.contention.pass.bind(run.contention)
  run.contention.pass = node => {
    const over = pass(node)
    for (const entry of over) {
      const { arena } = run
      const slot = arena.owner(entry)
      const [stage, ordinal, attempt] = [arena.template(slot), arena.ordinal(slot), arena.number(slot)]
      fateOf({ workload: run.workloadOf(slot), ordinal, stage, attempt }).overS.set(node, run.now)
    }
    return over
  }
}

/**
 * The same run as a live one. Steps: the times up to which it is advanced; then on to the end. `tellsCuts`: cuts are made
 * outside, too.
 */
export function replay(
  model: Model,
  policy: Policy,
  replication: number,
  { fates }: Recorded,
  steps: number[],
  tellsCuts: boolean,
): RunResult {
  const downBy = new Int32Array(model.nodeGroup.length)
  const cutBy = new Int32Array(model.clusters.count * model.clusters.count)
  const stopped = new Set<LiveAttempt>()
  const live: Live = new Live(
    model,
    policy,
    {
      started: attempt => {
        const fate = fates.get(nameOf({ ...attempt, attempt: attempt.number }))
        if (fate?.beginS === undefined) return
        live.began(attempt, fate.beginS)
        const { endS } = fate
        if (fate.faulty === true) live.failed(attempt, endS!)
        for (const { node } of attempt.nodes) {
          const overS = fate.overS.get(node) ?? (fate.faulty === true ? undefined : endS)
          if (overS !== undefined) live.ended(attempt, node, overS)
        }
      },
      stopped: attempt => {
        if (stopped.has(attempt)) throw new Error('stopped twice')
        stopped.add(attempt)
      },
      inject: (effect, comes) => {
        const { nodes, nodeStart, pairs, pairStart } = model.effects
        for (const pair of pairs.subarray(pairStart[effect], pairStart[effect + 1])) {
          if (!tellsCuts || model.effects.kind[effect] !== effectKind.cut) continue
          if (comes && cutBy[pair]++ === 0) {
            live.pairCut(pair, live.nowS)
            live.pairLost(pair, live.nowS + model.clusters.detectionS[pair % model.clusters.count])
          } else if (!comes && --cutBy[pair] === 0) live.pairBack(pair, live.nowS)
        }
        if (model.effects.kind[effect] !== effectKind.blackout) return tellsCuts
        for (const node of nodes.subarray(nodeStart[effect], nodeStart[effect + 1]))
          if (comes && downBy[node]++ === 0) {
            live.nodeDown(node, live.nowS)
            live.nodeLost(node, live.nowS + model.clusters.detectionS[model.nodeCluster[node]])
          } else if (!comes && --downBy[node] === 0) live.nodeBack(node, live.nowS)
        return true
      },
    },
    { replication, record },
  )
  for (const step of steps) live.advanceTo(step)
  while (!live.advanceTo(Math.min(live.nextS, model.horizonS)))
    // Where nothing is left to happen, a simulation without horizon ends; a live run would go on waiting.
    if (live.nextS === Number.POSITIVE_INFINITY && model.horizonS === Number.POSITIVE_INFINITY) live.stop(live.nowS)
  return live.result()
}
