/** What one random world is like: what is rare in a mixture of everything must be common somewhere. */
import type { Generator } from './generator.ts'

/** Parts of the language that worlds have besides the first ones; the environment may name those that are wanted. */
export const allFeatures = ['use', 'slow', 'transfers', 'network', 'triggers', 'gpuParts', 'standby', 'quotas'] as const

export type Feature = (typeof allFeatures)[number]

/** FABRICDT_FEATURES: some of them, comma separated, or `none`; `all` unless told. */
const wanted = (process.env.FABRICDT_FEATURES || 'all').split(',')

export const features: ReadonlySet<Feature> = new Set(
  allFeatures.filter(feature => wanted.includes('all') || wanted.includes(feature)),
)

export interface Style {
  g: Generator
  /** Times are multiples of this many seconds; 0: continuous. */
  grid: number
  /** Everything without delay: latency, start-up, detection. */
  instant: boolean
  /** Clusters far apart: the way takes as long as the work. */
  far: boolean
  /** All nodes and requests alike, so that everything ties. */
  alike: boolean
  /** Groups run wasm and emulate, and some stages are built as wasm. */
  modes: boolean
  /** Jobs of several stages. */
  workflows: boolean
  checkpoints: boolean
  features: ReadonlySet<Feature>
  size: number
}

export const randomStyle = (g: Generator, size: number): Style => ({
  g,
  grid: g.pick([1, 1, 1, 0.5, 5, 0]),
  instant: g.chance(0.2),
  far: g.chance(0.2),
  alike: g.chance(0.2),
  modes: g.chance(0.4),
  workflows: g.chance(0.5),
  checkpoints: g.chance(0.5),
  features,
  size,
})

/** Seconds in the style of this world. */
export function time({ g, grid }: Style, least: number, most: number): number {
  return grid === 0 ? least + g.real() * (most - least) : Math.round(g.whole(least / grid, most / grid)) * grid
}

/** Mostly 0, often one of a few values, sometimes anything. */
export function delay(style: Style, most: number): number {
  const { g, instant } = style
  return instant ? 0 : g.pick([0, 0, 0, 1, 2, time(style, 0, most), g.real() * most])
}
