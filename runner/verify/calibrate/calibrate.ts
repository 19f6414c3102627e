/** From observed runs to a calibration: what was measured, on how much, and what could not be told. */
import type { Model } from '../../../engine/index.ts'
import type { Calibration, NodeFit } from '../../scenario/calibration-file.ts'
import type { Observation } from '../observation.ts'
import { fitModes } from './modes.ts'
import { type Fittable, fitNodes } from './nodes.ts'
import { fitPower, powerSamples } from './power.ts'
import { type AttemptSample, samplesOf } from './samples.ts'

export interface ObservedRun {
  /** What a person calls it. */
  name: string
  model: Model
  observations: readonly Observation[]
}

export interface CalibrationResult {
  calibration: Calibration
  /** What was not fitted, and why: sentences. */
  notes: string[]
  /**
   * Mean part by which single attempts (start-up and run) are off: as declared, and as fitted to the other half of the jobs.
   * null: too few attempts, or nothing was fitted.
   */
  check: { before: number; after: number; n: number } | null
}

/** Fits all that the runs tell. Throws what the engine throws. */
export function calibrate(name: string, runs: readonly ObservedRun[]): CalibrationResult {
  const observed = runs.flatMap(({ model, observations }) => observations.map(observation => ({ model, observation })))
  const what = fittable(observed.map(({ observation }) => observation))
  const samples = observed.map(({ model, observation }) => samplesOf(model, observation))
  const attempts = samples.flatMap(sample => sample.attempts)
  const nodes = fitNodes(attempts, what)
  const modes = what.speed ? fitModes(attempts, nodes.clusters) : { modes: {}, notes: [] }
  const power = fitPower(observed.flatMap(({ model, observation }) => powerSamples(model, observation)))
  const skipped = samples.flatMap(sample => Object.entries(sample.skipped))
  return {
    calibration: {
      name,
      source: sourceOf(runs, attempts),
      pools: joined(nodes.pools, power.pools),
      clusters: nodes.clusters,
      modes: modes.modes,
      noise: nodes.noise,
    },
    notes: [
      ...givenNotes(what),
      ...(observed.every(({ observation }) => observation.energy === undefined)
        ? ['power: no energy was measured']
        : []),
      ...nodes.notes,
      ...modes.notes,
      ...power.notes,
      ...totals(skipped).map(([why, count]) => `${count} attempts left out: ${why}`),
    ],
    check: crossCheck(attempts, what),
  }
}

/** What one of the runs was told is not learnt from any. */
const fittable = (observations: readonly Observation[]): Fittable => ({
  speed: observations.every(({ given }) => !given.includes('runTime')),
  startUp: observations.every(({ given }) => !given.includes('startUp')),
})

const givenNotes = ({ speed, startUp }: Fittable): string[] => [
  ...(speed ? [] : ['speed: run times were given to the clusters, so they say nothing']),
  ...(startUp ? [] : ['start-up: it was given to the clusters, so it says nothing']),
]

function sourceOf(runs: readonly ObservedRun[], attempts: readonly AttemptSample[]): string {
  const providers = [...new Set(runs.flatMap(({ observations }) => observations.map(({ provider }) => provider)))]
  const jobs = runs.reduce(
    (sum, { observations }) => sum + observations.reduce((all, { jobs }) => all + jobs.ordinal.length, 0),
    0,
  )
  return `${attempts.length} attempts of ${jobs} jobs on ${providers.join(', ')}: ${runs.map(run => run.name).join(', ')}`
}

function joined(a: Record<string, NodeFit>, b: Record<string, NodeFit>): Record<string, NodeFit> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
  return Object.fromEntries(names.map(pool => [pool, { ...a[pool], ...b[pool] }]))
}

function totals(entries: readonly [string, number][]): [string, number][] {
  const sums = new Map<string, number>()
  for (const [why, count] of entries) sums.set(why, (sums.get(why) ?? 0) + count)
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Each half of the jobs is predicted from what the other half shows. */
function crossCheck(attempts: readonly AttemptSample[], what: Fittable): CalibrationResult['check'] {
  if (!what.speed && !what.startUp) return null
  const jobs = [...new Set(attempts.map(({ job }) => job))]
  const second = new Set(jobs.filter((_, i) => i % 2 === 1))
  const halves = [attempts.filter(({ job }) => !second.has(job)), attempts.filter(({ job }) => second.has(job))]
  if (Math.min(...halves.map(half => half.length)) < 10) return null
  let before = 0
  let after = 0
  for (const [h, half] of halves.entries()) {
    const fits = fitNodes(halves[1 - h], what)
    const modes: Calibration['modes'] = what.speed ? fitModes(halves[1 - h], fits.clusters).modes : {}
    for (const sample of half) {
      const fit = fits.clusters[sample.cluster]
      const tookS = sample.startS + sample.runS
      before += off(sample.modelStartupS + (sample.workS * sample.factor) / sample.speed, tookS)
      const factor = (sample.mode === 1 ? modes.wasm : sample.mode === 2 ? modes.emulated : undefined)?.value
      const run = (sample.workS * (factor ?? sample.factor)) / (fit?.speed?.value ?? sample.speed)
      after += off((fit?.startupS?.value ?? sample.modelStartupS) + run, tookS)
    }
  }
  return { before: before / attempts.length, after: after / attempts.length, n: attempts.length }
}

const off = (predicted: number, observed: number): number => Math.abs(predicted - observed) / Math.max(observed, 1e-9)
