/** What an attempt waits for before it begins, and the answer of a job: messages between clusters. */
import { slotState } from './arena.ts'
import { beginInTime } from './attempts.ts'
import { completeIfOver } from './jobs.ts'
import { messageKind } from './network.ts'
import type { Run } from './run.ts'

/** Sends the request and the data that an attempt needs on its cluster; `beginS` is when what is not under way arrives. */
export function sendMessages(run: Run, slot: number, cluster: number): void {
  const { arena, network } = run
  arena.setUnderWay(slot, 0)
  arena.setFirstMessage(slot, -1)
  arena.setBeginS(slot, 0)
  const send = (from: number, bytes: number, kind: number): void => {
    if (!network.send(from, cluster, bytes, slot, kind)) arena.setUnderWay(slot, arena.underWay(slot) + 1)
    else arena.setBeginS(slot, Math.max(arena.beginS(slot), run.now + latency(run, from, cluster)))
  }
  send(originOf(run, slot), 0, messageKind.request)
  forEachInput(run, arena.stage(slot), (from, bytes) => send(from, bytes, messageKind.data))
  if (arena.underWay(slot) === 0) arena.setBeginS(slot, arena.beginS(slot) + arena.startupS(slot))
}

/** Data that a stage needs: from its origin, or from where its predecessors completed. */
function forEachInput(run: Run, stage: number, each: (from: number, bytes: number) => void): void {
  const { arena, model } = run
  const { predecessorStart, predecessors, inputBytes, outputBytes } = model.stages
  const template = arena.template(stage)
  const first = predecessorStart[template]
  const count = predecessorStart[template + 1] - first
  const input = inputBytes[template]
  if (count === 0) {
    if (input > 0) each(originOf(run, stage), input)
    return
  }
  const job = arena.job(stage)
  for (let i = first; i < first + count; i++) {
    const bytes = input > 0 ? input / count : outputBytes[predecessors[i]]
    if (bytes > 0) each(arena.wonCluster(job + predecessors[i] - arena.template(job)), bytes)
  }
}

/** A message that was under way is over: the last one of an attempt lets it begin, that of a job completes it. */
export function messageOver(run: Run, owner: number, kind: number, pair: number): void {
  const { arena, network } = run
  const at = run.now + network.latencyS[pair]
  if (kind === messageKind.answer) return answered(run, owner, at)
  arena.setBeginS(owner, Math.max(arena.beginS(owner), at))
  arena.setUnderWay(owner, arena.underWay(owner) - 1)
  if (arena.underWay(owner) > 0) return
  arena.setBeginS(owner, arena.beginS(owner) + arena.startupS(owner))
  if (arena.state(owner) === slotState.lost) return
  run.note('arrive', owner, arena.number(owner), arena.node(owner))
  beginInTime(run, owner)
}

function answered(run: Run, stage: number, at: number): void {
  const { arena } = run
  const job = arena.job(stage)
  run.note('answer', stage, -1, -1)
  arena.setAnswerS(job, Math.max(arena.answerS(job), at))
  arena.setAnswersLeft(job, arena.answersLeft(job) - 1)
  completeIfOver(run, job)
}

/** Sends the output of a job's last stages to the origin; it has arrived, as far as the job goes, when it is over. */
export function sendAnswer(run: Run, stage: number, cluster: number): void {
  const { arena, network, model } = run
  const job = arena.job(stage)
  const origin = arena.origin(job)
  const bytes = model.stages.outputBytes[arena.template(stage)]
  if (network.hasMessages && !network.send(cluster, origin, bytes, stage, messageKind.answer))
    arena.setAnswersLeft(job, arena.answersLeft(job) + 1)
  else arena.setAnswerS(job, Math.max(arena.answerS(job), run.now + latency(run, cluster, origin)))
}

/** Seconds until all that a stage needs would have arrived on a cluster, over links that nobody else uses. */
export function wayOut(run: Run, stage: number, cluster: number): number {
  const { network, model } = run
  let way = latency(run, originOf(run, stage), cluster)
  if (!network.hasMessages) return way
  forEachInput(run, stage, (from, bytes) => {
    const pair = from * model.clusters.count + cluster
    const moved = from === cluster ? 0 : bytes / model.bandwidth[pair]
    way = Math.max(way, moved + network.latencyS[pair])
  })
  return way
}

/** Bytes of data that a stage needs and that lie on other clusters. */
export function bytesTo(run: Run, stage: number, cluster: number): number {
  let sum = 0
  forEachInput(run, stage, (from, bytes) => {
    if (from !== cluster) sum += bytes
  })
  return sum
}

/** Seconds that the output of a stage would take from a cluster to the origin, over links that nobody else uses. */
export function wayBack(run: Run, stage: number, cluster: number): number {
  const { arena, network, model, sinks } = run
  const origin = originOf(run, stage)
  const way = latency(run, cluster, origin)
  const template = arena.template(stage)
  if (!network.hasMessages || sinks[template] === 0 || cluster === origin) return way
  return model.stages.outputBytes[template] / model.bandwidth[cluster * model.clusters.count + origin] + way
}

const originOf = ({ arena }: Run, slot: number): number => arena.origin(arena.job(slot))

const latency = ({ network, model }: Run, from: number, to: number): number =>
  network.latencyS[from * model.clusters.count + to]
