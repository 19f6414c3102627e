/** GPUs of a node, each with what is free of it: a task takes a part of one, or whole ones. */
import type { World } from './world.ts'

/** Tasks that could be placed one after another. */
export function tasksThatFitOnGpus({ mutation }: World, free: readonly number[], ask: number): number {
  if (ask === 0) return Infinity
  if (mutation === 'parts of GPUs make a whole') return Math.floor(sum(free) / ask)
  if (ask < 1000) return sum(free.map(milli => Math.floor(milli / ask)))
  return Math.floor(free.filter(milli => milli === 1000).length / (ask / 1000))
}

/** Takes what so many tasks ask for; says how much of each device. */
export function taken(world: World, free: number[], ask: number, tasks: number, pick?: () => number): number[] {
  const all = free.map(() => 0)
  for (let task = 0; task < tasks && ask > 0; task++) {
    for (const device of pick && ask < 1000 ? [pick()] : devicesFor(world, free, ask)) {
      const milli = Math.min(ask, 1000, free[device])
      free[device] -= milli
      all[device] += milli
    }
  }
  return all
}

/** A part: of the device with the least that suffices; whole ones: the first that are free. */
function devicesFor({ mutation }: World, free: readonly number[], ask: number): number[] {
  const devices = [...free.keys()]
  if (ask >= 1000) return devices.filter(device => free[device] === 1000).slice(0, ask / 1000)
  const enough = devices.filter(device => free[device] >= ask)
  const order = mutation === 'the emptiest GPU first' ? -1 : 1
  return enough.sort((a, b) => order * (free[a] - free[b]) || a - b).slice(0, 1)
}

export function giveBack(free: number[], taken: readonly number[]): void {
  for (const [device, milli] of taken.entries()) free[device] += milli
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
