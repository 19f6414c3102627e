/**
 * What is declared and what real clusters get of it: 1 / scaling. Nodes are rounded up and what asks for a part of them
 * down, so that a cluster never refuses what the engine has room for; every rounding is kept, to be said.
 *
 * GPUs are not scaled: no provider has them but as a counter (an extended resource), which can hold thousandths of a
 * device exactly, where 1 / 100 of four devices would be one, and four jobs of one device would no longer fit.
 */

/** In the engine's units. */
export interface Resources {
  readonly cpuMilli: number
  readonly memoryBytes: number
  /** 1000 per device. */
  readonly gpuMilli: number
}

/** Extended resource that counts thousandths of a GPU. */
export const gpuResource = 'fabricdt.io/gpu-milli'

/** CFS quotas are no finer than this: a lower CPU limit is enforced as this one. */
const leastLimitMilli = 10

type Rounding = 'up' | 'down'

/** Millicores on a real cluster; at least 1, which is as fine as Kubernetes counts. */
export function scaleMilli(milli: number, scaling: number, rounding: Rounding): number {
  return milli === 0 ? 0 : Math.max(1, round(milli / scaling, rounding))
}

/** Bytes on a real cluster; at least 1. */
export function scaleBytes(bytes: number, scaling: number, rounding: Rounding): number {
  return bytes === 0 ? 0 : Math.max(1, round(bytes / scaling, rounding))
}

export function scaleResources(declared: Resources, scaling: number, rounding: Rounding): Resources {
  return {
    cpuMilli: scaleMilli(declared.cpuMilli, scaling, rounding),
    memoryBytes: scaleBytes(declared.memoryBytes, scaling, rounding),
    gpuMilli: declared.gpuMilli,
  }
}

/** The CPU limit that is enforced where so much (already scaled) is asked for. */
export const limitMilli = (cpuMilli: number): number => Math.max(leastLimitMilli, cpuMilli)

/** As Kubernetes quantities, for a node's capacity, requests or limits; without what is 0. */
export function quantitiesOf({ cpuMilli, memoryBytes, gpuMilli }: Resources): Record<string, string> {
  const quantities: Record<string, string> = {}
  if (cpuMilli > 0) quantities.cpu = `${cpuMilli}m`
  if (memoryBytes > 0) quantities.memory = String(memoryBytes)
  if (gpuMilli > 0) quantities[gpuResource] = String(gpuMilli)
  return quantities
}

/** By how much the scaled value is off, as a part of the exact one: 0.02 is 2 % too much. */
export function roundingOf(declared: number, scaled: number, scaling: number): number {
  return declared === 0 ? 0 : (scaled * scaling) / declared - 1
}

/** 1000 / 1.001 · 1.001 and the like must not gain a unit by floating point. */
function round(value: number, rounding: Rounding): number {
  const clean = Number(value.toPrecision(14))
  return rounding === 'up' ? Math.ceil(clean) : Math.floor(clean)
}
