/** Failures that follow from what is observed: conditions, how long they have held, and what is drawn when they fire. */
import { comparators, metrics } from '../../engine/metrics.ts'
import { streams } from '../../engine/random.ts'
import { apply, lift } from './effects.ts'
import { noteTrigger } from './notes.ts'
import { observe } from './observe.ts'
import type { World } from './world.ts'

export interface Trigger {
  index: number
  isArmed: boolean
  /** Since when its condition has held; Infinity: it does not. */
  sinceS: number
  fired: number
  /** Effects in force. */
  effects: number[]
  /** Infinity: not to be expected. */
  liftAtS: number
  rearmAtS: number
}

export function createTrigger(index: number): Trigger {
  const never = { sinceS: Infinity, liftAtS: Infinity, rearmAtS: Infinity }
  return { index, isArmed: true, fired: 0, effects: [], ...never }
}

/** At the end of an instant. */
export function look(world: World): void {
  for (const trigger of world.triggers) {
    if (!trigger.isArmed) continue
    const did = trigger.sinceS < Infinity
    if (!holds(world, trigger))
      trigger.sinceS = world.mutation === 'once true, always true' && did ? trigger.sinceS : Infinity
    else if (!did) trigger.sinceS = world.now
  }
}

function holds(world: World, { index }: Trigger): boolean {
  const { metric, cluster, comparator, value } = world.model.triggers
  const seen = observe(world, metrics[metric[index]].name, cluster[index])
  const bound = value[index]
  const name = comparators[comparator[index]]
  if (name === '<') return seen < bound
  if (name === '<=') return seen <= bound
  return name === '>' ? seen > bound : seen >= bound
}

/** Infinity: not as things are. */
const fireTime = ({ model, mutation }: World, { index, isArmed, sinceS }: Trigger): number =>
  isArmed ? sinceS + (mutation === 'triggers do not wait' ? 0 : model.triggers.holdS[index]) : Infinity

/** When something happens by a trigger. */
export const triggerTimes = (world: World): number[] =>
  world.triggers.flatMap(trigger => [fireTime(world, trigger), trigger.liftAtS, trigger.rearmAtS])

export function fireTriggers(world: World): void {
  for (const trigger of world.triggers) if (fireTime(world, trigger) === world.now) fire(world, trigger)
}

function fire(world: World, trigger: Trigger): void {
  noteTrigger(world, trigger.index)
  trigger.isArmed = false
  trigger.sinceS = Infinity
  trigger.effects = drawEffects(world, trigger)
  trigger.fired++
  trigger.liftAtS = world.now + world.model.triggers.forS[trigger.index]
  for (const effect of trigger.effects) apply(world, effect)
}

/** In the order of the members. */
function drawEffects(world: World, { index, fired }: Trigger): number[] {
  const { memberStart, memberEffect, memberWeight, picks } = world.model.triggers
  const members = Array.from(memberEffect.keys()).slice(memberStart[index], memberStart[index + 1])
  if (picks[index] === 0) return members.map(member => memberEffect[member])
  const drawn = drawMembers(
    world,
    index,
    fired,
    members.filter(member => memberWeight[member] > 0),
  )
  return members.filter(member => drawn.includes(member)).map(member => memberEffect[member])
}

function drawMembers({ model, random, mutation }: World, trigger: number, fired: number, members: number[]): number[] {
  const { memberWeight, picks } = model.triggers
  const weightOf = (member: number) => (mutation === 'all members weigh the same' ? 1 : memberWeight[member])
  const drawn: number[] = []
  random.select(streams.failures, 32768 + trigger, 0, mutation === 'triggers draw alike' ? 0 : fired)
  for (let left = members; left.length > 0 && drawn.length < picks[trigger]; ) {
    const upTo = (count: number) => left.slice(0, count).reduce((sum, member) => sum + weightOf(member), 0)
    const goal = random.uniform() * upTo(left.length)
    const picked = left.find((_, position) => upTo(position + 1) > goal) ?? left.at(-1)!
    drawn.push(picked)
    if (mutation === 'a member may be drawn twice') continue
    left = left.filter(member => member !== picked)
  }
  return drawn
}

export function liftTriggers(world: World): void {
  for (const trigger of world.triggers) {
    if (trigger.liftAtS !== world.now) continue
    const pause = world.mutation === 'armed again at once' ? 0 : world.model.triggers.rearmS[trigger.index]
    trigger.liftAtS = Infinity
    trigger.rearmAtS = world.mutation === 'never armed again' ? Infinity : world.now + pause
    for (const effect of trigger.effects) lift(world, effect)
  }
}

export function rearmTriggers(world: World): void {
  for (const trigger of world.triggers) {
    if (trigger.rearmAtS !== world.now) continue
    trigger.rearmAtS = Infinity
    trigger.isArmed = true
  }
}
