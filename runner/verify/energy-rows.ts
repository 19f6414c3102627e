/** Core-seconds, energy and emissions: per job and in total. */
import type { Model } from '../../engine/index.ts'
import type { Tolerance } from '../scenario/scenario.ts'
import { errorOf, type PairedError } from './errors-of.ts'
import { judge } from './judge.ts'
import { type Compared, rowOf } from './latency-rows.ts'
import type { Observation } from './observation.ts'
import { type Pairs, pick, type Side, selectPairs } from './sides.ts'
import { givenEnergy, missingOf } from './trust.ts'
import type { VerificationRow } from './verification.ts'

/** `cpu` only where it was measured; energy that was not is the power model's on both sides, hence given. Emissions only where intensities are known. */
export function energyRows(compared: Compared, tolerance: Tolerance): VerificationRow[] {
  const { model, predicted, observed, observation } = compared
  const measured = measuredEnergy(model, observation, observed)
  const known = predicted.clusters.emissionsG.map((grams, c) =>
    Number.isNaN(measured.energyJ[c]) ? Number.NaN : grams,
  )
  return [
    ...cpuRows(compared, tolerance.cpu),
    totalRow(compared, 'energy', 'J', predicted.clusters.energyJ, measured.energyJ, tolerance.energy),
    ...(Number.isNaN(sumOf(known, isKnown(known)))
      ? []
      : [totalRow(compared, 'emissions', 'g', known, measured.emissionsG, tolerance.emissions)]),
    jobRow(compared, 'energy', 'J', predicted.energyJ, observed.energyJ),
    ...jobEmissions(compared),
    ...model.clusters.names.map((name, c) =>
      rowOf(name, 'energy', 'total', 'J', simple(predicted.clusters.energyJ[c], measured.energyJ[c])),
    ),
  ]
}

/** Joules and grams by cluster (NaN: not measured): measured joules emit what modelled ones would at the same times. */
function measuredEnergy(
  model: Model,
  { energy }: Observation,
  { clusters }: Side,
): { energyJ: Float64Array; emissionsG: Float64Array } {
  const joules = Float64Array.from({ length: model.clusters.count }, (_, c) => (energy ?? clusters).energyJ[c])
  return {
    energyJ: joules,
    emissionsG: joules.map((value, c) => (clusters.emissionsG[c] / clusters.energyJ[c]) * value),
  }
}

/** Of the jobs of which every attempt that ran was measured: what is only modelled proves nothing. */
function cpuRows({ predicted, observed, observation, pairs }: Compared, tolerance: number): VerificationRow[] {
  const { cpu } = observation
  if (cpu === undefined) return []
  const those = measuredPairs(observed, cpu.coreS, pairs)
  const error = errorOf(pick(predicted.coreS, those.predicted), pick(observed.coreS, those.observed), 'total')
  const verdict = judge({
    ...error,
    scale: error.observed,
    tolerance,
    jobs: error.n,
    uncertainty: 0,
    unit: 'core-s',
    given: observation.given.includes('telemetry') ? '' : null,
    untrusted: missingOf(observation, 'cpu'),
  })
  const of = error.n === pairs.observed.length ? '' : ` of ${error.n} of ${pairs.observed.length} jobs`
  const row = rowOf('fabric', 'cpu', 'total', 'core-s', error)
  return [{ ...row, tolerance, ...verdict, note: [`by ${cpu.source}${of}`, verdict.note].filter(Boolean).join('; ') }]
}

function measuredPairs({ attempts, jobs }: Side, coreS: Float64Array, pairs: Pairs): Pairs {
  const unknown = new Set<string>()
  for (const [row, value] of coreS.entries())
    if (Number.isNaN(value) && !Number.isNaN(attempts.beginS[row]))
      unknown.add(`${attempts.workload[row]} ${attempts.ordinal[row]}`)
  const isKnown = (row: number) => !unknown.has(`${jobs.workload[row]} ${jobs.ordinal[row]}`)
  return selectPairs(pairs, i => isKnown(pairs.observed[i]))
}

/** Of the clusters that are known on both sides; which those are is said where it is not all. */
function totalRow(
  { model, observation }: Compared,
  quantity: 'energy' | 'emissions',
  unit: string,
  predicted: Float64Array,
  observed: Float64Array,
  tolerance: number,
): VerificationRow {
  const known = isKnown(predicted).map((is, c) => is && !Number.isNaN(observed[c]))
  const error = simple(sumOf(predicted, known), sumOf(observed, known))
  const verdict = judge({
    ...error,
    scale: error.observed,
    tolerance,
    jobs: null,
    uncertainty: 0,
    unit,
    given: observation.energy === undefined || observation.given.includes('energy') ? givenEnergy(observation) : null,
    untrusted: missingOf(observation, quantity),
  })
  const by = observation.energy === undefined ? '' : `by ${observation.energy.source}`
  const row = rowOf('fabric', quantity, 'total', unit, error)
  const left = leftOut(model, quantity, known)
  return { ...row, tolerance, ...verdict, note: [by, verdict.note, left].filter(Boolean).join('; ') }
}

/** Sums of some clusters only are not those of the fabric. */
function leftOut({ clusters, carbon }: Model, quantity: 'energy' | 'emissions', known: readonly boolean[]): string {
  const hasIntensity = (c: number) => carbon.start[c] < carbon.start[c + 1]
  const named = (isMeant: (c: number) => boolean) => clusters.names.filter((_, c) => !known[c] && isMeant(c)).join(', ')
  const dark = quantity === 'emissions' ? named(c => !hasIntensity(c)) : ''
  const unmeasured = named(c => quantity === 'energy' || hasIntensity(c))
  return [
    ...(dark === '' ? [] : [`without ${dark}, whose carbon intensity is not known`]),
    ...(unmeasured === '' ? [] : [`without ${unmeasured}, whose energy was not measured`]),
  ].join('; ')
}

/** What a job's cores add to idle nodes: by the model's watts, from core-seconds that may have been measured. */
function jobRow(
  { observation, pairs }: Pick<Compared, 'observation' | 'pairs'>,
  quantity: string,
  unit: string,
  predicted: Float64Array,
  observed: Float64Array,
): VerificationRow {
  const error = errorOf(pick(predicted, pairs.predicted), pick(observed, pairs.observed), 'mean')
  const from = observation.cpu === undefined ? '' : `; core-seconds by ${observation.cpu.source}`
  const note = `above idle, by the power model on both sides${from}`
  return { ...rowOf('fabric', quantity, 'mean', unit, error), status: 'given', note }
}

/** Of the jobs that ran where intensities are known, on both sides; nothing where none did. */
function jobEmissions({ predicted, observed, observation, pairs }: Compared): VerificationRow[] {
  const those = selectPairs(
    pairs,
    i =>
      !Number.isNaN(predicted.emissionsG[pairs.predicted[i]]) && !Number.isNaN(observed.emissionsG[pairs.observed[i]]),
  )
  if (those.observed.length === 0) return []
  return [jobRow({ observation, pairs: those }, 'emissions', 'g', predicted.emissionsG, observed.emissionsG)]
}

/** One value on each side: its error has no interval of its own. */
export function simple(predicted: number, observed: number, n = 1): Omit<PairedError, 'mae' | 'mape'> {
  const error = predicted - observed
  return { predicted, observed, error, low: error, high: error, n }
}

const isKnown = (values: Float64Array): boolean[] => [...values].map(value => !Number.isNaN(value))

/** NaN where none is. */
function sumOf(values: Float64Array, known: readonly boolean[]): number {
  const those = values.filter((_, c) => known[c])
  return those.length === 0 ? Number.NaN : those.reduce((sum, value) => sum + value, 0)
}
