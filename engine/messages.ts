/** What an attempt waits for before it begins, and the answer of a job: messages between clusters. */
import { slotState } from './arena.ts'
import { beginInTime } from './attempts.ts'
import { completeIfOver } from './jobs.ts'
import { messageKind } from './network.ts'
import type { Run } from './run.ts'

/** Sends the request and the data that an attempt needs on its cluster; `beginS` is when what is not under way arrives. */
export function sendMessages(run: Run, slot: number, cluster: number): void {
  const { arena } = run
  arena.setUnderWay(slot, 0)
  arena.setFirstMessage(slot, -1)
  arena.setBeginS(slot, 0)
  send(run, slot, originOf(run, slot), cluster, 0, messageKind.request)
  const stage = arena.stage(slot)
  for (let i = 0; i < inputsOf(run, stage); i++) {
    const bytes = bytesOfInput(run, stage, i)
    if (bytes > 0) send(run, slot, inputFrom(run, stage, i), cluster, bytes, messageKind.data)
  }
  if (arena.underWay(slot) === 0) arena.setBeginS(slot, arena.beginS(slot) + arena.startupS(slot))
}

function send(run: Run, slot: number, from: number, to: number, bytes: number, kind: number): void {
  const { arena, network } = run
  if (!network.send(from, to, bytes, slot, kind)) arena.setUnderWay(slot, arena.underWay(slot) + 1)
  else arena.setBeginS(slot, Math.max(arena.beginS(slot), run.now + latency(run, from, to)))
}

// Data that a stage needs: from its origin, or from where its predecessors completed; some of it may be of 0 bytes.

const inputsOf = ({ model, arena }: Run, stage: number): number => {
  const { predecessorStart } = model.stages
  const template = arena.template(stage)
  return Math.max(1, predecessorStart[template + 1] - predecessorStart[template])
}

/** Cluster that input i comes from. */
function inputFrom(run: Run, stage: number, i: number): number {
  const { arena, model } = run
  const { predecessorStart, predecessors } = model.stages
  const template = arena.template(stage)
  const at = predecessorStart[template] + i
  if (at === predecessorStart[template + 1]) return originOf(run, stage)
  const job = arena.job(stage)
  return arena.wonCluster(job + predecessors[at] - arena.template(job))
}

function bytesOfInput(run: Run, stage: number, i: number): number {
  const { predecessorStart, predecessors, inputBytes, outputBytes } = run.model.stages
  const template = run.arena.template(stage)
  const input = inputBytes[template]
  if (input > 0) return input / inputsOf(run, stage)
  const at = predecessorStart[template] + i
  return at === predecessorStart[template + 1] ? 0 : outputBytes[predecessors[at]]
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
  for (let i = 0; i < inputsOf(run, stage); i++) {
    const bytes = bytesOfInput(run, stage, i)
    if (bytes === 0) continue
    const from = inputFrom(run, stage, i)
    const pair = from * model.clusters.count + cluster
    const moved = from === cluster ? 0 : bytes / model.bandwidth[pair]
    way = Math.max(way, moved + network.latencyS[pair])
  }
  return way
}

/** Bytes of data that a stage needs and that lie on other clusters. */
export function bytesTo(run: Run, stage: number, cluster: number): number {
  let sum = 0
  for (let i = 0; i < inputsOf(run, stage); i++) {
    const bytes = bytesOfInput(run, stage, i)
    if (bytes > 0 && inputFrom(run, stage, i) !== cluster) sum += bytes
  }
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
