/** From a file to a Scenario, or to everything that is wrong with it. */
import { type Diagnostic, ScenarioError } from '../errors.ts'
import type { Path, Place } from './document.ts'
import { type LoadedSweep, parsePoints } from './load-points.ts'
import type { Overrides } from './overrides.ts'
import { readText } from './read-text.ts'
import type { Scenario } from './scenario.ts'

export type { Overrides } from './overrides.ts'

export interface Loaded {
  scenario: Scenario
  /** Text of the file, with the overrides applied; of all points of a sweep the same. */
  source: string
  /** Files that the scenario rests on, itself first; absolute paths. */
  files: { path: string; role: 'scenario' | 'latency' | 'carbon' | 'price' | 'calibration' | 'trace' | 'policy' }[]
  warnings: Diagnostic[]
  /** Place of a value (or of the nearest thing above it) by its path from the root of the file. */
  locate: (path: Path) => Place
}

/** Reads and checks a scenario without a sweep. Throws ScenarioError with all of its problems in the order of the file. */
export async function loadScenario(file: string, overrides: Overrides = {}): Promise<Loaded> {
  return single(parsePoints(await readText(file), file, overrides))
}

/** The same for a text; `file` is what diagnostics call it and what paths in it are relative to. */
export const parseScenario = (text: string, file: string, overrides: Overrides = {}): Loaded =>
  single(parsePoints(text, file, overrides))

function single({ points, place }: LoadedSweep): Loaded {
  if (points.length === 1) return points[0].loaded
  const message = `the scenario is a sweep of ${points.length} points, not a single one`
  throw new ScenarioError([
    { code: 'not-allowed', severity: 'error', message, hint: 'Give each factor one value with --set.', ...place },
  ])
}
