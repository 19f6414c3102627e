/**
 * The reference implementation of a run: slow, obvious, and written from ARCHITECTURE.md ("What a run means,
 * exactly") alone, so that the engine can be held against it event by event.
 */
import type { Model } from '../../engine/model.ts'
import { createJob, createSource, goOn, notice, type Source } from './arrivals.ts'
import { detectCut } from './link-rules.ts'
import { nextGone } from './links.ts'
import { measure, type Piece } from './measure.ts'
import { endTransfers } from './messages.ts'
import type { Mutation } from './mutations.ts'
import { createPolicy, decide, type NaivePolicy } from './naive-policies.ts'
import { detect } from './node-rules.ts'
import { failures, repairs } from './outages.ts'
import { endEntries, nextOver } from './progress.ts'
import { type ReferenceResult, report } from './report.ts'
import { begin, cancel, end, submit } from './rules.ts'
import { look, rearmTriggers, triggerTimes } from './triggers.ts'
import {
  type Attempt,
  compareJobs,
  createWorld,
  type Job,
  placedAnyhow,
  placedAttempts,
  type World,
  waitingStages,
} from './world.ts'

export interface PolicyChoice {
  name: string
  options: Readonly<Record<string, unknown>>
}

/** Runs a policy on a model to the end. `mutation`: a deliberate mistake, to see whether it would be noticed. */
export function referenceRun(
  model: Model,
  policyChoice: PolicyChoice,
  replication: number,
  mutation: Mutation = 'none',
): ReferenceResult {
  const world = createWorld(model, replication, mutation)
  const policy = createPolicy(policyChoice.name, policyChoice.options)
  const sources = Array.from({ length: model.workloads.count }, (_, w) => createSource(world, w))
  const history: Piece[] = []
  look(world)
  for (let next = nextTime(world, sources); isGoingOn(world, sources, next); next = nextTime(world, sources)) {
    const over = mutation === 'horizon excludes its instant' ? next >= model.horizonS : next > model.horizonS
    if (next === Infinity || over) break
    history.push(measure(world, next))
    world.now = next
    instant(world, sources, policy)
  }
  const endS = model.horizonS < Infinity ? model.horizonS : world.now
  history.push(measure(world, endS))
  return report(world, history, endS)
}

/** Without horizon to the last job; what is due at time 0 happens even if there is none. */
const isGoingOn = ({ model, alive, now }: World, sources: Source[], next: number): boolean =>
  model.horizonS < Infinity || alive.length > 0 || sources.some(source => source.nextS < Infinity) || next === now

/** Rounds until nothing is due any more, and no trigger fires by what has become of it. */
function instant(world: World, sources: Source[], policy: NaivePolicy): void {
  for (let rounds = 0, isDue = true; isDue; rounds++) {
    if (rounds === 10_000) throw new Error(`more than 10,000 rounds at ${world.now} s`)
    round(world, sources, policy)
    isDue = nextTime(world, sources) === world.now
    if (isDue) continue
    look(world)
    isDue = nextTime(world, sources) === world.now
  }
}

function round(world: World, sources: Source[], policy: NaivePolicy): void {
  if (world.mutation === 'arrivals before ends') arrivals(world, sources)
  ends(world)
  endTransfers(world)
  failures(world)
  repairs(world)
  for (const node of world.nodes) if (node.detectAt === world.now) detect(world, node)
  for (const link of world.links) if (link.detectAt === world.now) detectCut(world, link)
  if (world.mutation === 'cancels after begins') begins(world)
  cancels(world)
  begins(world)
  rearmTriggers(world)
  arrivals(world, sources)
  if (waitingStages(world).length > 0) decide(world, policy)
}

/** When the next thing is due. */
function nextTime(world: World, sources: Source[]): number {
  const { atS, forS } = world.model.failures
  for (const source of sources) notice(world, source)
  return Math.min(
    ...placedAnyhow(world)
      .filter(({ lost }) => !lost)
      .map(attempt => (attempt.begun ? attempt.endS : attempt.beginS)),
    ...world.nodes.map(node => nextOver(world, node)),
    ...world.links.flatMap(link => [nextGone(world, link), link.detectAt]),
    ...triggerTimes(world),
    ...world.failed.map((done, f) => (done ? Infinity : atS[f])),
    ...world.repaired.map((done, f) => (done ? Infinity : atS[f] + forS[f])),
    ...world.members.map(member => (member.isDown ? member.repairAtS : member.failAtS)),
    ...world.nodes.map(node => node.detectAt),
    ...world.alive.map(job => cancelTime(world, job)),
    ...sources.map(source => source.nextS),
    Infinity,
  )
}

function ends(world: World): void {
  if (world.elastic) endEntries(world)
  const due = placedAttempts(world).filter(attempt => attempt.begun && !attempt.lost && isOver(world, attempt))
  // An earlier one may have removed a later one: the loser of a race, or the rest of a job that failed.
  for (const attempt of due) if (attempt.stage.placed.includes(attempt)) end(world, attempt)
}

/** It ends with the last of its entries. */
function isOver({ elastic, now, mutation }: World, { shares, endS }: Attempt): boolean {
  if (!elastic) return endS === now
  return mutation === 'a gang ends with the first'
    ? shares.some(share => share.over)
    : shares.every(share => share.over)
}

/** When a job that is still there is given up; Infinity: never. */
const cancelTime = ({ model: { workloads }, mutation }: World, { workload, submitS }: Job): number =>
  workloads.cancelLate[workload] === 1 && mutation !== 'nothing cancelled'
    ? submitS + workloads.deadlineS[workload]
    : Infinity

function cancels(world: World): void {
  const late = world.alive.filter(job => cancelTime(world, job) === world.now)
  for (const job of late.sort(compareJobs)) cancel(world, job)
}

function begins(world: World): void {
  for (const attempt of placedAttempts(world)) {
    if (!attempt.begun && !attempt.lost && attempt.beginS === world.now) begin(world, attempt)
  }
}

/** By workload; several jobs of a trace may arrive at one instant. */
function arrivals(world: World, sources: Source[]): void {
  for (const source of sources) {
    notice(world, source)
    while (source.nextS === world.now) {
      submit(world, createJob(world, source))
      goOn(world, source)
    }
  }
}
