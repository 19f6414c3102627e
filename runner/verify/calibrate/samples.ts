/** What calibration learns from: attempts that finished, each with what it had to do and how long that took. */
import { isElastic } from '../../../engine/contention.ts'
import type { Model } from '../../../engine/index.ts'
import { effectKind } from '../../../engine/model.ts'
import { attemptEnds } from '../attempts.ts'
import type { Observation } from '../observation.ts'
import { wayOut } from '../parts.ts'
import { type AttemptWork, workOf } from '../work.ts'
import { undisturbedSeconds } from './undisturbed.ts'

export interface AttemptSample {
  /** `workload ordinal`, for what is fitted on some jobs and tried on others. */
  job: string
  pool: string
  cluster: string
  /** 0 native, 1 wasm, 2 emulated. */
  mode: number
  /** Seconds at speed 1, natively. */
  workS: number
  /** As the model had them. */
  factor: number
  speed: number
  modelStartupS: number
  /** Observed: from when all was there to the begin, and from there to the end, less what other work took of it. */
  startS: number
  runS: number
}

export interface Samples {
  attempts: AttemptSample[]
  /** Attempts that were left out, by reason. */
  skipped: Record<string, number>
}

/** Attempts of an observation that say something about nodes. */
export function samplesOf(model: Model, observation: Observation): Samples {
  const { attempts, jobs } = observation
  const work = workOf(model, observation.replication, attempts)
  const origins = new Map(
    [...jobs.ordinal.entries()].map(([row, o]) => [`${jobs.workload[row]} ${o}`, jobs.originCluster[row]]),
  )
  const slowed = slowedNodes(model)
  const elastic = isElastic(model)
  const runS = elastic
    ? undisturbedSeconds(model, attempts, work)
    : attempts.endS.map((endS, row) => endS - attempts.beginS[row])
  const out: Samples = { attempts: [], skipped: {} }
  for (let row = 0; row < attempts.stage.length; row++) {
    const why = whyNot(model, observation, work, row, slowed, elastic)
    if (why !== null) {
      out.skipped[why] = (out.skipped[why] ?? 0) + 1
      continue
    }
    out.attempts.push(sampleOf(model, observation, work, row, runS[row], origins))
  }
  return out
}

function sampleOf(
  model: Model,
  { attempts }: Observation,
  { mode, workS, factor }: AttemptWork,
  row: number,
  runS: number,
  origins: ReadonlyMap<string, number>,
): AttemptSample {
  const job = `${attempts.workload[row]} ${attempts.ordinal[row]}`
  const group = model.nodeGroup[attempts.node[row]]
  const cluster = model.nodeCluster[attempts.node[row]]
  const way = wayOut(model, attempts, row, origins.get(job) ?? cluster)
  return {
    job,
    pool: model.clusters.pools[cluster],
    cluster: model.clusters.names[cluster],
    mode: mode[row],
    workS: workS[row],
    factor: factor[row],
    speed: model.groups.speed[group],
    modelStartupS: model.groups.startupS[group],
    startS: attempts.beginS[row] - attempts.activeS[row] - way,
    runS,
  }
}

function whyNot(
  model: Model,
  { attempts }: Observation,
  { workS, stageClass }: AttemptWork,
  row: number,
  slowed: ReadonlySet<number>,
  elastic: boolean,
): string | null {
  if (attemptEnds[attempts.end[row]] !== 'finished') return 'did not finish'
  // Kubelets look every second: a short one may be over before they say that it runs.
  if (attempts.endS[row] <= attempts.beginS[row]) return 'was not seen running'
  if (model.stages.checkpointEveryS[attempts.stage[row]] !== Number.POSITIVE_INFINITY) return 'writes checkpoints'
  if (slowed.has(attempts.node[row])) return 'on a node that was made slow'
  if (elastic && model.classes.tasks[stageClass[row]] > 1) return 'several tasks on nodes that are shared'
  return workS[row] > 0 ? null : 'no work'
}

function slowedNodes({ effects }: Model): Set<number> {
  const nodes = new Set<number>()
  for (let e = 0; e < effects.count; e++)
    if (effects.kind[e] === effectKind.slow)
      for (let i = effects.nodeStart[e]; i < effects.nodeStart[e + 1]; i++) nodes.add(effects.nodes[i])
  return nodes
}
