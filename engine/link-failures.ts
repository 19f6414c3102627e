/** Pairs of clusters between which nothing goes: until it is detected and until it is mended. */
import { placeAnew } from './attempts.ts'
import { eventKind } from './calendar.ts'
import { messageOver } from './messages.ts'
import type { Run } from './run.ts'

export function cutPair(run: Run, pair: number): void {
  const { network, model } = run
  if (!network.cut(pair)) return
  run.noteNode('link-down', pair)
  const detectionS = model.clusters.detectionS[pair % model.clusters.count]
  run.schedule(run.now + detectionS, eventKind.linkDetection, pair, network.detectionGeneration[pair])
}

/** The control plane learns of a cut: attempts whose request does not get through are placed anew. */
export function detectCut(run: Run, pair: number): void {
  const { network } = run
  run.noteNode('link-detected', pair)
  for (const slot of network.detect(pair)) placeAnew(run, slot)
}

export function mendPair(run: Run, pair: number): void {
  const { network } = run
  if (!network.mend(pair)) return
  run.noteNode('link-up', pair)
  if (network.known[pair] === 1) {
    network.know(pair, false)
    run.waiting.reachAgain()
  }
  network.releaseHeld(pair, (owner, kind) => messageOver(run, owner, kind, pair))
}
