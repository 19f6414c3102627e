/** What attempts wait for before they begin, and what sinks answer. */
import { latency } from './effects.ts'
import { inOrder, isCut, isTransfer, join, linkOf, type Message, nextGone, takeGone } from './links.ts'
import { noteAttempt, noteStage } from './notes.ts'
import { completeIfDone } from './rules.ts'
import { isSink, predecessorsOf } from './stages.ts'
import type { Attempt, Stage, World } from './world.ts'

/** What has to get to a cluster before a stage can begin there, the request aside: from where, and how much. */
export function inputs(world: World, stage: Stage): { from: number; bytes: number }[] {
  const { inputBytes, outputBytes } = world.model.stages
  const input = inputBytes[stage.index]
  const before = predecessorsOf(world, stage)
  if (before.length === 0) return input > 0 ? [{ from: stage.job.origin, bytes: input }] : []
  const part = world.mutation === 'each predecessor sends all of the input' ? input : input / before.length
  const messages = before.map(other => ({
    from: other.winner!.cluster,
    bytes: input > 0 ? part : outputBytes[other.index],
  }))
  const sent = messages.filter(({ bytes }) => bytes > 0)
  return world.mutation === 'only the last predecessor sends' ? sent.slice(-1) : sent
}

/** Sends the request and all inputs of an attempt that is placed now. */
export function sendInputs(world: World, attempt: Attempt): void {
  const { stage, cluster } = attempt
  const request = { from: stage.job.origin, bytes: 0, isRequest: true }
  for (const each of [request, ...inputs(world, stage)])
    send(world, { isRequest: false, ...each, to: cluster, stage, attempt, toBytes: 0 })
  if (attempt.underWay === 0) attempt.readyS = attempt.arrivedS + attempt.startupS
}

/** Sends the output of a sink that is complete to the origin of its job. */
export function sendAnswer(world: World, attempt: Attempt): void {
  const { stage, cluster } = attempt
  if (!isSink(world, stage) && world.mutation !== 'every stage answers') return
  const bytes = world.mutation === 'answers weigh nothing' ? 0 : world.model.stages.outputBytes[stage.index]
  const message = { from: cluster, to: stage.job.origin, bytes, stage, attempt: null, isRequest: false, toBytes: 0 }
  send(world, message)
}

function send(world: World, message: Message): void {
  const link = linkOf(world, message.from, message.to)
  if (!isCut(link) && !isTransfer(link, message)) {
    arrive(world, message)
    return
  }
  if (message.attempt === null) message.stage.job.answersUnderWay++
  else message.attempt.underWay++
  join(world, link, message)
}

/** Notes when a message that leaves now, or whose last byte does, is there. */
function arrive(world: World, { from, to, stage: { job }, attempt }: Message): void {
  const arrivalS = world.now + latency(world, from, to)
  if (attempt !== null) attempt.arrivedS = Math.max(attempt.arrivedS, arrivalS)
  else if (world.mutation === 'answer of the first sink only' && job.answeredS > 0) return
  else job.answeredS = Math.max(job.answeredS, arrivalS)
}

/** A message that was under way is over. */
export function over(world: World, message: Message): void {
  const { attempt, stage } = message
  arrive(world, message)
  if (attempt === null) {
    stage.job.answersUnderWay--
    noteStage(world, 'answer', stage)
    completeIfDone(world, stage.job)
    return
  }
  attempt.underWay--
  if (attempt.lost || attempt.underWay > 0) return
  noteAttempt(world, 'arrive', attempt)
  attempt.readyS = attempt.arrivedS + attempt.startupS
  if (world.mutation === 'the way counts from the placement') attempt.readyS = world.now + attempt.startupS
  if (!attempt.standby) attempt.beginS = attempt.readyS
}

/** Ends the transfers that are over now, link by link: once a link. */
export function endTransfers(world: World): void {
  for (const link of world.links) {
    if (nextGone(world, link) !== world.now) continue
    for (const message of inOrder(takeGone(world, link))) over(world, message)
  }
}
