/** Holds what the engine left behind against the reference, and says where the first difference is. */
import { type EventLog, logKinds } from '../../engine/log.ts'
import { type JobRecords, outcomes, type RunResult, type Series } from '../../engine/result.ts'
import { integrate, type Piece } from './measure.ts'
import type { ReferenceResult } from './report.ts'
import type { LogRow } from './world.ts'

type EngineResult = RunResult & { log?: EventLog }

/** What differs first, in words; null: nothing. */
export function firstDifference(engine: EngineResult, reference: ReferenceResult): string | null {
  if (engine.log === undefined || engine.jobs === undefined) throw new Error('record events and jobs to compare them')
  return (
    compareLogs(engine.log, reference.log) ??
    compareJobs(engine.jobs, reference.jobs) ??
    compareExactly('end of the run', engine.endS, reference.endS) ??
    compareTallies(engine, reference) ??
    compareSamples(engine, reference) ??
    compareIntegrals(engine, reference) ??
    compareSeries(engine.series, reference)
  )
}

export const logRows = (log: EventLog): LogRow[] =>
  Array.from(log.time, (time, i) => ({
    time,
    kind: logKinds[log.kind[i]],
    workload: log.workload[i],
    ordinal: log.ordinal[i],
    attempt: log.attempt[i],
    node: log.node[i],
  }))

export const rowText = (row: LogRow | undefined): string =>
  row === undefined
    ? 'nothing more'
    : `${row.time} ${row.kind} job ${row.workload}/${row.ordinal} attempt ${row.attempt} node ${row.node}`

function compareLogs(log: EventLog, expected: LogRow[]): string | null {
  const rows = logRows(log)
  for (let i = 0; i < Math.max(rows.length, expected.length); i++) {
    const [actual, wanted] = [rowText(rows[i]), rowText(expected[i])]
    if (actual === wanted) continue
    const before = expected.slice(Math.max(0, i - 12), i).map(row => `    ${rowText(row)}`)
    return [`row ${i} of the log:`, ...before, `  engine:    ${actual}`, `  reference: ${wanted}`].join('\n')
  }
  return null
}

function compareJobs(jobs: JobRecords, expected: ReferenceResult['jobs']): string | null {
  for (let i = 0; i < Math.max(jobs.workload.length, expected.length); i++) {
    const actual = i < jobs.workload.length ? jobRow(jobs, i) : null
    const wanted = expected[i] ?? null
    const difference =
      compareExactly(`job record ${i}`, { ...actual, runTime: 0 }, { ...wanted, runTime: 0 }) ??
      compareNearly(`run time in job record ${i}`, actual?.runTime ?? NaN, wanted?.runTime ?? NaN)
    if (difference !== null) return difference
  }
  return null
}

const jobRow = (jobs: JobRecords, i: number): ReferenceResult['jobs'][number] => ({
  workload: jobs.workload[i],
  ordinal: jobs.ordinal[i],
  submitTime: jobs.submitTime[i],
  waitTime: jobs.waitTime[i],
  runTime: jobs.runTime[i],
  latency: jobs.latency[i],
  outcome: outcomes[jobs.outcome[i]] as ReferenceResult['jobs'][number]['outcome'],
  cluster: jobs.cluster[i],
  originCluster: jobs.originCluster[i],
  deadlineMissed: jobs.deadlineMissed[i] === 1,
  attempts: jobs.attempts[i],
})

/** Numbers as they are, NaN and infinities too (JSON writes them all as null). */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item))

function compareExactly(what: string, actual: unknown, expected: unknown): string | null {
  return text(actual) === text(expected)
    ? null
    : `${what}:\n  engine:    ${text(actual)}\n  reference: ${text(expected)}`
}

function compareTallies(engine: EngineResult, reference: ReferenceResult): string | null {
  for (const key of ['total', 'measured'] as const) {
    for (const [name, expected] of Object.entries(reference[key])) {
      const difference = compareExactly(`${key}.${name}`, engine[key][name as 'submitted'], expected)
      if (difference !== null) return difference
    }
  }
  return (
    compareExactly('lostAttempts', engine.lostAttempts, reference.lostAttempts) ??
    compareExactly('shadowPlacements', engine.shadowPlacements, reference.shadowPlacements) ??
    compareExactly('placements', [...engine.clusters.placements], reference.clusters.placements)
  )
}

function compareSamples(engine: EngineResult, reference: ReferenceResult): string | null {
  for (const [name, expected] of Object.entries(reference.samples)) {
    const actual = engine.samples[name as 'latency']
    let difference = compareExactly(`number of samples of ${name}`, actual.length, expected.length)
    for (const [i, value] of expected.entries()) difference ??= compareNearly(`samples.${name}[${i}]`, actual[i], value)
    if (difference !== null) return difference
  }
  return null
}

/**
 * Sums in another order differ in the last digits (a run time as end − begin, and as work / speed, is one): 1e-9
 * relative, with an absolute floor of the same size.
 */
function compareNearly(what: string, actual: number, expected: number): string | null {
  const near = Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
  return near ? null : `${what}:\n  engine:    ${actual}\n  reference: ${expected}`
}

function compareIntegrals(engine: EngineResult, reference: ReferenceResult): string | null {
  for (const name of ['waitingJobS', 'systemJobS', 'sojournS', 'wastedCoreS'] as const) {
    const difference = compareNearly(name, engine[name], reference[name])
    if (difference !== null) return difference
  }
  for (const [name, expected] of Object.entries(reference.clusters)) {
    for (const [cluster, value] of expected.entries()) {
      const actual = engine.clusters[name as 'energyJ'][cluster]
      const difference = compareNearly(`${name} of cluster ${cluster}`, actual, value)
      if (difference !== null) return difference
    }
  }
  return null
}

/** Means over bins; the last bin may be cut short by the end. */
function compareSeries(series: Series, reference: ReferenceResult): string | null {
  const { history, endS } = reference
  const clusters = history[0].watts.length
  for (let bin = 0; bin < series.bins; bin++) {
    const [fromS, toS] = [bin * series.widthS, Math.min((bin + 1) * series.widthS, endS)]
    const meanOf = (of: (piece: Piece) => number) => integrate(history, of, fromS, toS) / (toS - fromS)
    const pairs: [string, number, number][] = [
      ['waiting', series.waiting[bin], meanOf(piece => piece.waiting)],
      ['running', series.running[bin], meanOf(piece => piece.running)],
    ]
    for (let c = 0; c < clusters; c++) {
      pairs.push([`watts of ${c}`, series.watts[bin * clusters + c], meanOf(piece => piece.watts[c])])
      pairs.push([`busyCores of ${c}`, series.busyCores[bin * clusters + c], meanOf(piece => piece.busyCores[c])])
      pairs.push([`upNodes of ${c}`, series.upNodes[bin * clusters + c], meanOf(piece => piece.upNodes[c])])
    }
    for (const [name, actual, expected] of pairs) {
      const difference = compareNearly(`series.${name}, bin ${bin} (${fromS} to ${toS} s)`, actual, expected)
      if (difference !== null) return difference
    }
  }
  return compareCounts(series, reference)
}

/** A bin holds what happened from its begin to before its end; the last one its end too. */
function compareCounts(series: Series, { log, jobs, endS }: ReferenceResult): string | null {
  if (endS === 0) return null
  for (const [name, kind] of [
    ['submitted', 'submit'],
    ['completed', 'complete'],
  ] as const) {
    const expected = Array.from({ length: series.bins }, () => 0)
    for (const row of log)
      if (row.kind === kind) expected[Math.min(series.bins - 1, Math.floor(row.time / series.widthS))]++
    const difference = compareExactly(`series.${name}`, [...series[name]], expected)
    if (difference !== null) return difference
  }
  const misses = series.deadlineMisses.reduce((sum, value) => sum + value, 0)
  return compareExactly('deadline misses in all bins', misses, jobs.filter(job => job.deadlineMissed).length)
}
