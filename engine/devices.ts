/**
 * GPUs one by one, where stages ask for parts of one: a part lies on a single device, whole ones take devices of which
 * nothing is taken.
 */
import type { Model } from './model.ts'

const whole = 1000

/** The GPU of a node, from 0, to which the next part of a task goes; it must have so much left. */
export type DevicePick = (node: number) => number

export class Devices {
  /** Free milli-GPU of each device; those of node n are first[n] … first[n + 1] − 1. */
  private readonly free: Int32Array
  private readonly first: Int32Array
  /** Devices that each entry has taken, one for each part or whole. */
  private readonly taken = new Map<number, number[]>()

  constructor({ groups, nodeGroup }: Model) {
    this.first = new Int32Array(nodeGroup.length + 1)
    for (let node = 0; node < nodeGroup.length; node++)
      this.first[node + 1] = this.first[node] + groups.gpuMilli[nodeGroup[node]] / whole
    this.free = new Int32Array(this.first[nodeGroup.length]).fill(whole)
  }

  /** How many tasks of a request fit on a node now. */
  fitCount(node: number, gpuMilli: number): number {
    let count = 0
    for (let device = this.first[node]; device < this.first[node + 1]; device++)
      count += gpuMilli < whole ? Math.floor(this.free[device] / gpuMilli) : Number(this.free[device] === whole)
    return gpuMilli < whole ? count : Math.floor((count * whole) / gpuMilli)
  }

  /** The largest request of one task that fits on a node now: whole devices, or what is left of one. */
  usable(node: number): number {
    const wholes = this.fitCount(node, whole)
    if (wholes > 0) return wholes * whole
    return this.free.subarray(this.first[node], this.first[node + 1]).reduce((most, free) => Math.max(most, free), 0)
  }

  /** Takes devices for tasks that fit, one task after another, beside those that the entry has. */
  take(entry: number, node: number, tasks: number, gpuMilli: number, pick: DevicePick | null = null): void {
    const devices = this.taken.get(entry) ?? []
    const part = Math.min(gpuMilli, whole)
    for (let left = (tasks * gpuMilli) / part; left > 0; left--) {
      const device = pick === null || part === whole ? this.tightest(node, part) : this.first[node] + pick(node)
      this.free[device] -= part
      devices.push(device)
    }
    this.taken.set(entry, devices)
  }

  setFree(node: number, free: readonly number[]): void {
    this.free.set(free, this.first[node])
  }

  /** Free milli-GPU of each device of a node. */
  freeOf(node: number): number[] {
    return [...this.free.subarray(this.first[node], this.first[node + 1])]
  }

  /** Milli-GPU that an entry has of each device of its node. */
  takenBy(entry: number, node: number, gpuMilli: number): number[] {
    const taken = Array<number>(this.first[node + 1] - this.first[node]).fill(0)
    for (const device of this.taken.get(entry) ?? []) taken[device - this.first[node]] += Math.min(gpuMilli, whole)
    return taken
  }

  /** Takes the devices that the entry has in another one. */
  takeAs(other: Devices, entry: number, gpuMilli: number): void {
    const devices = other.taken.get(entry) ?? []
    for (const device of devices) this.free[device] -= Math.min(gpuMilli, whole)
    if (devices.length > 0) this.taken.set(entry, [...devices])
  }

  giveBack(entry: number, gpuMilli: number): void {
    for (const device of this.taken.get(entry) ?? []) this.free[device] += Math.min(gpuMilli, whole)
    this.taken.delete(entry)
  }

  /** The device with the least free that suffices, lowest index among equals. */
  private tightest(node: number, part: number): number {
    let best = -1
    for (let device = this.first[node]; device < this.first[node + 1]; device++)
      if (this.free[device] >= part && (best < 0 || this.free[device] < this.free[best])) best = device
    return best
  }
}
