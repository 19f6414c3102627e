/** From a file to all points of its sweep, or to everything that is wrong with any of them. */

import { dirname, resolve as resolvePath } from 'node:path'
import { unpackTable } from '../compile/files.ts'
import { ScenarioError } from '../errors.ts'
import { findFormat } from '../formats/index.ts'
import { filesOfTrace } from '../formats/trace-files.ts'
import { type Place, ScenarioDocument } from './document.ts'
import { FileCache } from './file-cache.ts'
import type { Loaded } from './load.ts'
import { applyOverrides, type Overrides } from './overrides.ts'
import { PointProblems } from './point-problems.ts'
import { cartesian, enter, type Levels, levelsByName, mostPoints } from './points.ts'
import { Problems } from './problems.ts'
import { type ReadPoint, readPoint } from './read-point.ts'
import { readText } from './read-text.ts'
import type { Scenario } from './scenario.ts'
import { readSweep, type SweepFactor } from './sweep.ts'

export interface LoadedPoint {
  /** From 0; the first factor varies slowest. */
  index: number
  /** Level of each factor by its path, as it is written. */
  levels: Record<string, string>
  loaded: Loaded
}

export interface LoadedSweep {
  /** None without a sweep: then there is one point. */
  factors: { path: string; levels: string[] }[]
  points: LoadedPoint[]
  /** Of all points, each once. */
  warnings: Loaded['warnings']
  /** Where the sweep stands. */
  place: Place
}

/** Reads and checks a scenario at every point. Throws ScenarioError with all problems of all points. */
export async function loadPoints(file: string, overrides: Overrides = {}): Promise<LoadedSweep> {
  const sweep = parsePoints(await readText(file), file, overrides)
  const tables = new Set(sweep.points.flatMap(({ loaded }) => parquetOf(loaded.scenario)))
  for (const table of tables) await unpackTable(table)
  return sweep
}

const parquetOf = ({ workloads }: Scenario): string[] => tracesOf(workloads).filter(file => file.endsWith('.parquet'))

const tracesOf = (workloads: Scenario['workloads']): string[] =>
  workloads.flatMap(({ arrivals }) =>
    arrivals.process === 'trace' && arrivals.file !== null
      ? filesOfTrace(findFormat(arrivals.format) ?? {}, arrivals.options, arrivals.file)
      : [],
  )

/** The same for a text; `file` is what diagnostics call it and what paths in it are relative to. */
export function parsePoints(text: string, file: string, overrides: Overrides = {}): LoadedSweep {
  const document = new ScenarioDocument(file, text)
  const problems = new Problems(document)
  // What a broken mapping means is a guess: nothing more is said until it is mended. Duplicate keys guess nothing.
  const stopAtSyntax = () => {
    for (const problem of document.problems) problems.put(problem)
    if (problems.has('yaml-syntax')) throw new ScenarioError(problems.all)
  }
  stopAtSyntax()
  const applied = applyOverrides(document, overrides, problems)
  // An override may have taken away the anchor of an alias.
  stopAtSyntax()
  const factors = readSweep(document, applied, problems)
  const place = document.locate(['spec', 'sweep'])
  const source = hasOverrides(overrides) ? shown(document) : text
  const count = factors.reduce((product, { levels }) => product * levels.length, 1)
  if (count > mostPoints)
    problems.put({
      code: 'out-of-range',
      severity: 'error',
      message: `the sweep has ${count} points`,
      hint: `Give fewer levels: ${mostPoints} points at most.`,
      ...place,
    })
  // What is wrong with the sweep itself is told with what is wrong at its first point.
  const chosen = problems.hasErrors ? [factors.map(({ levels }) => levels[0])] : cartesian(factors)
  return checkPoints(document, factors, chosen, problems, source, place)
}

function checkPoints(
  document: ScenarioDocument,
  factors: readonly SweepFactor[],
  chosen: readonly Levels[],
  problems: Problems,
  source: string,
  place: Place,
): LoadedSweep {
  if (factors.length > 0) document.yaml.deleteIn(['spec', 'sweep'])
  const files = new FileCache()
  const found = new PointProblems(problems, factors, chosen.length)
  const points = chosen.map((levels, index): LoadedPoint | undefined => {
    enter(document, factors, levels)
    const own = new Problems(document)
    const read = readPoint(document, own, dirname(resolvePath(document.file)), files)
    found.add(own, levels)
    for (const warning of problems.sorted('warning')) own.put(warning)
    if (read === undefined) return undefined
    const locate: Loaded['locate'] = path => {
      enter(document, factors, levels)
      return document.locate(path)
    }
    const loaded = {
      scenario: read.scenario,
      source,
      files: filesOf(document.file, read),
      warnings: own.sorted('warning'),
      locate,
    }
    return { index, levels: levelsByName(factors, levels), loaded }
  })
  const all = found.gather(document)
  if (all.hasErrors) throw new ScenarioError(all.all)
  return {
    factors: factors.map(({ name, levels }) => ({ path: name, levels: levels.map(({ text }) => text) })),
    points: points.filter(point => point !== undefined),
    warnings: all.sorted('warning'),
    place,
  }
}

const shown = (document: ScenarioDocument): string =>
  document.yaml.toString({ flowCollectionPadding: false, lineWidth: 0 })

const hasOverrides = ({ sets = [], policies = [], seed, replications }: Overrides): boolean =>
  sets.length > 0 || policies.length > 0 || seed !== undefined || replications !== undefined

function filesOf(file: string, { scenario, context }: ReadPoint): Loaded['files'] {
  const traces = tracesOf(scenario.workloads)
  return [
    { path: resolvePath(file), role: 'scenario' },
    ...context.usedFiles,
    ...[...new Set(traces)].map(path => ({ path, role: 'trace' as const })),
  ]
}
