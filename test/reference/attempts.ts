/** What an attempt is when it is placed: what it finds saved, how long it takes, what it waits for. */
import { streams } from '../../engine/random.ts'
import { factorOn } from './capacity.ts'
import { intensityAt } from './carbon.ts'
import { checkpointsIn, savedWithin } from './checkpoints.ts'
import { sendInputs } from './messages.ts'
import { noteAttempt } from './notes.ts'
import { begin, lose } from './rules.ts'
import { type Attempt, isUp, type Node, type Share, type Stage, type World } from './world.ts'

export function createAttempt(world: World, stage: Stage, shares: Share[], standby: boolean): void {
  const attempt = plan(world, stage, shares, stage.attemptsSoFar++)
  attempt.standby = standby && world.mutation !== 'standbys begin at once'
  stage.waiting = false
  stage.placed.push(attempt)
  for (const share of shares) share.node.entries.push({ attempt, share })
  world.placements[attempt.cluster]++
  noteAttempt(world, 'place', attempt)
  noteDecision(world, attempt)
  sendInputs(world, attempt)
  if (!attempt.standby) attempt.beginS = attempt.readyS
  if (!shares.every(share => isUp(share.node))) lose(world, attempt)
  else if (attempt.beginS === world.now) begin(world, attempt)
}

/** An attempt on these nodes before anything is sent. */
function plan(world: World, stage: Stage, shares: Share[], number: number): Attempt {
  const { groups } = world.model
  const cluster = shares[0].node.cluster
  const each = (of: (node: Node) => number) => shares.map(share => of(share.node))
  const startups = each(node => groups.startupS[node.group])
  const speeds = each(node => groups.speed[node.group])
  const factors = each(node => factorOn(world, stage, node))
  const startupS = world.mutation === 'start-up of the last node' ? startups.at(-1)! : Math.max(...startups)
  const speed = world.mutation === 'speed of the fastest node' ? Math.max(...speeds) : Math.min(...speeds)
  const factor = world.mutation === 'factor of the first node' ? factors[0] : Math.max(...factors)
  const where = { stage, number, cluster, shares, speed, factor, startupS }
  const fate = { standby: false, begun: false, lost: false, burntCoreS: 0, endS: Infinity }
  const way = { underWay: 0, arrivedS: -Infinity, readyS: Infinity, beginS: Infinity }
  return { ...where, ...planWork(world, where), ...way, ...fate }
}

/** What is saved that it can reach, what is left, how long that takes, and whether it ends by a fault before. */
export function planWork(
  world: World,
  { stage, number, shares, speed, factor }: Pick<Attempt, 'stage' | 'number' | 'shares' | 'speed' | 'factor'>,
) {
  const resumedS = savedWithin(world, stage, shares[0].node)
  const leftS = stage.workS - resumedS
  const wholeS = (withCheckpoints(world, stage, leftS) * factor) / speed
  const { faulty, fraction } = drawFault(world, stage, number)
  const runS = faulty && world.mutation !== 'fault at full length' ? fraction * wholeS : wholeS
  return { resumedS, leftS, runS, faulty }
}

/** Work seconds, those of its checkpoints included. */
const withCheckpoints = (world: World, stage: Stage, leftS: number): number =>
  world.mutation === 'checkpoints cost nothing'
    ? leftS
    : leftS + world.model.stages.checkpointCostS[stage.index] * checkpointsIn(world, stage, leftS)

function drawFault({ model, random }: World, { job, index }: Stage, attempt: number) {
  const position = index - model.workloads.stageStart[job.workload]
  random.select(streams.faults, position, model.workloads.hash[job.workload], job.ordinal, attempt)
  const u = random.uniform()
  const fraction = random.uniform()
  return { faulty: u < model.stages.failureProbability[index], fraction }
}

function noteDecision(world: World, { stage, number, cluster, shares }: Attempt): void {
  const { workload, ordinal, origin } = stage.job
  world.decisions.push({
    time: world.now,
    workload,
    ordinal,
    stage: stage.index,
    attempt: number,
    originCluster: origin,
    node: shares[0].node.index,
    intensity: intensityAt(world.model, cluster, world.now),
  })
}
