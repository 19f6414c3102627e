/** Pairs of clusters between which nothing goes: until it is detected and until it is mended. */
import { placeAnew } from './attempts.ts'
import { eventKind } from './calendar.ts'
import { messageOver } from './messages.ts'
import type { Run } from './run.ts'

/** One more cut holds the pair; true if it was up. Whoever calls sees to the detection. */
export function holdPair(run: Run, pair: number): boolean {
  if (!run.network.cut(pair)) return false
  run.noteNode('link-down', pair)
  return true
}

export function cutPair(run: Run, pair: number): void {
  if (!holdPair(run, pair)) return
  const { network, model } = run
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
