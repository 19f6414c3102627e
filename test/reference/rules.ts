/** What happens to attempts, jobs and nodes: one function an event. */
import { reserve } from './capacity.ts'
import { type Attempt, attemptsOn, isUp, type Job, type Node, note, type World } from './world.ts'

export function submit(world: World, job: Job): void {
  world.alive.push(job)
  note(world, 'submit', job, null)
}

export function begin(world: World, attempt: Attempt): void {
  attempt.begun = true
  note(world, 'begin', attempt.job, attempt)
}

/** Takes an attempt off its nodes, without a word. */
function release(world: World, attempt: Attempt): void {
  for (const { node, tasks } of attempt.shares) reserve(world, attempt.job, node, -tasks)
  attempt.job.placed = attempt.job.placed.filter(other => other !== attempt)
}

export function end(world: World, attempt: Attempt): void {
  if (attempt.faulty) endFaulty(world, attempt)
  else finish(world, attempt)
}

function finish(world: World, attempt: Attempt): void {
  const { job } = attempt
  release(world, attempt)
  note(world, 'finish', job, attempt)
  for (const loser of [...job.placed].sort((a, b) => a.number - b.number)) {
    note(world, 'remove', job, loser)
    release(world, loser)
    if (world.mutation !== 'work of losers not wasted') world.wastedCoreS += loser.burntCoreS
  }
  job.winner = attempt
  leave(world, job, 'completed')
  note(world, 'complete', job, null)
}

function endFaulty(world: World, attempt: Attempt): void {
  const { job } = attempt
  release(world, attempt)
  world.wastedCoreS += attempt.burntCoreS
  if (world.mutation !== 'retries not counted') job.retriesUsed++
  note(world, 'fault', job, attempt)
  if (job.placed.length > 0) return
  if (job.retriesUsed > world.model.workloads.retries[job.workload]) {
    leave(world, job, 'failed')
    note(world, 'fail', job, null)
  } else {
    waitAgain(world, job)
  }
}

function leave(world: World, job: Job, outcome: 'completed' | 'failed'): void {
  job.outcome = outcome
  job.endS = world.now
  world.alive = world.alive.filter(other => other !== job)
  world.ended.push(job)
}

function waitAgain(world: World, job: Job): void {
  job.waiting = true
  note(world, 'requeue', job, null)
}

export function lose(world: World, attempt: Attempt): void {
  attempt.lost = true
  world.lostAttempts++
  note(world, 'lost', attempt.job, attempt)
}

export function failNode(world: World, node: Node, failure: number): void {
  const wasUp = isUp(node)
  node.heldBy.add(failure)
  if (!wasUp) return
  const delay = world.model.clusters.detectionS[node.cluster]
  node.detectAt = world.now + (world.mutation === 'detection at once' ? 0 : delay)
  note(world, 'node-down', null, null, node.index)
  for (const attempt of attemptsOn(world, node)) if (!attempt.lost) lose(world, attempt)
}

export function detect(world: World, node: Node): void {
  node.detectAt = Infinity
  node.ready = false
  note(world, 'node-detected', null, null, node.index)
  removeLost(world, node)
}

/** Everything on a node that is known to be (or to have been) down is removed everywhere. */
function removeLost(world: World, node: Node): void {
  for (const attempt of attemptsOn(world, node)) {
    note(world, 'remove', attempt.job, attempt)
    release(world, attempt)
    world.wastedCoreS += attempt.burntCoreS
    if (attempt.job.placed.length === 0) waitAgain(world, attempt.job)
  }
}

export function repairNode(world: World, node: Node, failure: number): void {
  node.heldBy.delete(failure)
  if (!isUp(node)) return
  if (node.detectAt < Infinity) removeLost(world, node)
  if (world.mutation !== 'detection never cancelled') node.detectAt = Infinity
  node.ready = true
  note(world, 'node-up', null, null, node.index)
}
