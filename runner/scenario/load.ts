/** From a file to a Scenario, or to everything that is wrong with it. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve as resolvePath } from 'node:path'
import { type Diagnostic, ScenarioError } from '../errors.ts'
import { checkSchema } from './check-schema.ts'
import { Context } from './context.ts'
import { type Path, type Place, ScenarioDocument } from './document.ts'
import { finish } from './finish.ts'
import { checkHeader } from './header.ts'
import { applyOverrides, type Overrides } from './overrides.ts'
import { Problems } from './problems.ts'
import { refuseNotYet } from './refuse-not-yet.ts'
import { reason } from './resolve/network.ts'
import { resolve } from './resolve/resolve.ts'
import { checkRules } from './rules/index.ts'
import type { Scenario } from './scenario.ts'
import { type SpecView, type View, without } from './view.ts'

export type { Overrides } from './overrides.ts'

export interface Loaded {
  scenario: Scenario
  /** Text of the file, with the overrides applied. */
  source: string
  /** Files that the scenario rests on, itself first; absolute paths. */
  files: { path: string; role: 'scenario' | 'latency' | 'trace' }[]
  warnings: Diagnostic[]
  /** Place of a value (or of the nearest thing above it) by its path from the root of the file. */
  locate: (path: Path) => Place
}

/** Reads and checks a scenario. Throws ScenarioError with all of its problems in the order of the file. */
export async function loadScenario(file: string, overrides: Overrides = {}): Promise<Loaded> {
  return parseScenario(await readText(file), file, overrides)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const place = { file, line: 1, column: 1, length: 1, excerpt: [] }
    const message = `cannot read ${file}: ${reason(cause)}`
    throw new ScenarioError([
      { code: 'file-unreadable', severity: 'error', message, hint: 'Give the path of a scenario file.', ...place },
    ])
  }
}

/** The same for a text; `file` is what diagnostics call it and what paths in it are relative to. */
export function parseScenario(text: string, file: string, overrides: Overrides = {}): Loaded {
  const document = new ScenarioDocument(file, text)
  const problems = new Problems(document)
  // What a broken mapping means is a guess: nothing more is said until it is mended. Duplicate keys guess nothing.
  const stopAtSyntax = () => {
    for (const problem of document.problems) problems.put(problem)
    if (problems.has('yaml-syntax')) throw failure(problems)
  }
  stopAtSyntax()
  applyOverrides(document, overrides, problems)
  // An override may have taken away the anchor of an alias.
  stopAtSyntax()
  const raw = document.value()
  if (!checkHeader(raw, problems)) throw failure(problems)
  const context = contextOf(document, raw, problems, dirname(resolvePath(file)))
  const resolved = resolve(context)
  checkRules(context, resolved)
  if (problems.hasErrors) throw failure(problems)
  const scenario = finish(context, resolved.draft)
  return {
    scenario,
    source: hasOverrides(overrides) ? document.yaml.toString({ flowCollectionPadding: false, lineWidth: 0 }) : text,
    files: filesOf(file, scenario, context),
    warnings: problems.sorted('warning'),
    locate: path => document.locate(path),
  }
}

const failure = (problems: Problems): ScenarioError =>
  new ScenarioError([...problems.sorted('error'), ...problems.sorted('warning')])

/** Checks the form, and takes out what must not be read any further. */
function contextOf(document: ScenarioDocument, raw: unknown, problems: Problems, folder: string): Context {
  const stripped = refuseNotYet(raw, problems)
  const dropped = checkSchema(without(raw, stripped), stripped, problems)
  const view = without(raw, [...stripped, ...dropped]) as View
  return new Context(document, raw, (view.spec ?? {}) as SpecView, view.metadata ?? {}, problems, folder)
}

const hasOverrides = ({ sets = [], policies = [], seed, replications }: Overrides): boolean =>
  sets.length > 0 || policies.length > 0 || seed !== undefined || replications !== undefined

function filesOf(file: string, scenario: Scenario, context: Context): Loaded['files'] {
  const latency = context.view.fabric?.network?.latency
  const traces = scenario.workloads.flatMap(({ arrivals }) => (arrivals.process === 'trace' ? [arrivals.file] : []))
  return [
    { path: resolvePath(file), role: 'scenario' },
    ...(typeof latency === 'object' && latency.file !== undefined
      ? [
          {
            path: context.resolveFile(latency.file, ['spec', 'fabric', 'network', 'latency', 'file']),
            role: 'latency' as const,
          },
        ]
      : []),
    ...[...new Set(traces)].map(path => ({ path, role: 'trace' as const })),
  ]
}
