/** Switching nodes off and on: what a policy asks for, and what follows when a node is through with it. */
import { eventKind } from './calendar.ts'
import { timer } from './deferral.ts'
import { EngineError } from './engine-error.ts'
import type { Run } from './run.ts'
import { powerState, type Switching } from './switching.ts'

/** An idle node goes off. Throws EngineError if it is not on, or anything is placed on it. */
export function switchOff(run: Run, node: number): void {
  const switching = switchingOf(run)
  if (!switching.isIdle(node)) throw new EngineError('power: only nodes that are on and idle can be switched off')
  switching.unlist(node)
  switching.on[run.model.nodeCluster[node]]--
  run.capacity.setReady(node, false)
  run.noteNode('node-stop', node)
  enter(run, node, powerState.stopping)
  if (run.nodes.isUp(node)) after(run, node, run.model.groups.shutdownS[run.model.nodeGroup[node]])
  else enter(run, node, powerState.off)
}

/** A node that is off boots; one that has failed does so when it is repaired. Throws EngineError if it is not off. */
export function switchOn(run: Run, node: number): void {
  const switching = switchingOf(run)
  if (switching.state[node] !== powerState.off) throw new EngineError('power: only nodes that are off can be booted')
  if (run.nodes.isKnownDown(node)) throw new EngineError('power: the node has failed')
  switching.on[run.model.nodeCluster[node]]++
  run.collector.boots++
  run.noteNode('node-boot', node)
  enter(run, node, powerState.booting)
  if (run.nodes.isUp(node)) after(run, node, bootS(run, node))
}

/** The policy is asked when the run begins, whatever happens then. */
export function askFirst(run: Run): void {
  const { switching } = run
  if (switching === null) return
  const none = switching.state.length
  run.schedule(0, eventKind.timer, (none << 2) | timer.power, switching.generation[none])
}

/** The policy is asked at that time at the latest. Throws EngineError if it is not to come. */
export function askAt(run: Run, time: number): void {
  const { askS, generation } = switchingOf(run)
  if (!(time > run.now)) throw new EngineError('askAt: that time is over')
  if (time >= askS[0]) return
  askS[0] = time
  const none = generation.length - 1
  run.schedule(time, eventKind.timer, (none << 2) | timer.power, ++generation[none])
}

/** A node has gone off or is up, or it is time to ask. */
export function powerOver(run: Run, node: number): void {
  const switching = switchingOf(run)
  switching.notice()
  if (node === switching.state.length) switching.askS[0] = Number.POSITIVE_INFINITY
  else if (switching.state[node] === powerState.stopping) {
    run.noteNode('node-off', node)
    enter(run, node, powerState.off)
  } else {
    run.noteNode('node-on', node)
    enter(run, node, powerState.on)
    show(run, switching, node)
  }
}

/** A node has failed: one that was going off is off, one that was booting will begin anew. */
export function interrupt(run: Run, node: number): void {
  const { switching, energy, model } = run
  const group = model.nodeGroup[node]
  if (switching === null || switching.isOn(node)) return energy.changeUp(group, -1)
  energy.changeSwitched(group, switching.state[node], -1)
  switching.setState(node, Math.max(powerState.off, switching.state[node]))
}

/** It is known that a node has failed: nobody can count on it. */
export function discount(run: Run, node: number): void {
  const { switching } = run
  if (switching === null) return
  switching.unlist(node)
  if (countsAsOn(switching, node)) switching.on[run.model.nodeCluster[node]]--
  switching.notice()
}

/** A node is repaired, after its failure was known or before: one that was on is there, one that should boot does. */
export function resume(run: Run, node: number, wasKnown: boolean): void {
  const { switching, energy, model, capacity, waiting } = run
  const group = model.nodeGroup[node]
  const state = switching === null ? powerState.on : switching.state[node]
  if (switching !== null && wasKnown && countsAsOn(switching, node)) switching.on[model.nodeCluster[node]]++
  if (state !== powerState.on) {
    energy.changeSwitched(group, state, 1)
    if (state === powerState.booting) after(run, node, bootS(run, node))
    return switching?.notice()
  }
  energy.changeUp(group, 1)
  if (switching !== null) return show(run, switching, node)
  capacity.setReady(node, true)
  waiting.capacityReturned(node)
}

/** Policies can use a node. */
function show(run: Run, switching: Switching, node: number): void {
  run.capacity.setReady(node, true)
  switching.returned(node, run.now)
  run.waiting.capacityReturned(node)
}

const countsAsOn = ({ state }: Switching, node: number): boolean =>
  state[node] === powerState.on || state[node] === powerState.booting

const bootS = ({ model }: Run, node: number): number => model.groups.bootS[model.nodeGroup[node]]

/** A node's state changes; one that has failed draws what failed ones do, whatever its state. */
function enter(run: Run, node: number, state: number): void {
  const { energy, model } = run
  const switching = switchingOf(run)
  const group = model.nodeGroup[node]
  const before = switching.state[node]
  switching.setState(node, state)
  if (!run.nodes.isUp(node)) return
  if (before === powerState.on) energy.changeUp(group, -1)
  else energy.changeSwitched(group, before, -1)
  if (state === powerState.on) energy.changeUp(group, 1)
  else energy.changeSwitched(group, state, 1)
}

/** So long a node stays as it is. */
function after(run: Run, node: number, seconds: number): void {
  run.schedule(run.now + seconds, eventKind.timer, (node << 2) | timer.power, switchingOf(run).generation[node])
}

/** Throws EngineError where nodes are not switched. */
export function switchingOf({ switching }: Run): Switching {
  if (switching === null) throw new EngineError('power: the policy does not say that it switches, or nodes are real')
  return switching
}
