/** One experiment: its scenario predicted, executed where there are clusters (or compared with what was recorded), and judged. */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../reports/package-root.ts'
import type { Results } from '../../reports/results.ts'
import { compareRecorded, type Execution } from '../execute/execute-sweep.ts'
import type { Prediction, PredictOptions } from '../predict.ts'
import { type LoadedSweep, loadPoints } from '../scenario/load-points.ts'
import { readObservations } from '../verify/observation-file.ts'
import { type Executed, type Experiment, type Finding, verdictOf } from './experiment.ts'
import type { ExperimentResult } from './suite.ts'

export interface SuiteWorld {
  /** Where the suite's own files will lie: hrefs are relative to it. */
  readonly folder: string
  /** null: clusters can be made; else why they are not. */
  readonly noClusters: string | null
  /** Writes a run: predicted where `obtain` is absent, else with what that gives. */
  readonly write: (
    sweep: LoadedSweep,
    obtain?: (options: PredictOptions) => Promise<Prediction & Partial<Execution>>,
  ) => Promise<{ results: Results; folder: string }>
  /** The same, predicted and executed. */
  readonly execute: (sweep: LoadedSweep) => Promise<{ results: Results; folder: string }>
}

const scenarios = fileURLToPath(new URL('scenarios/suite/', packageRoot))

/** Rejects with what loading, predicting or executing throws. */
export async function runExperiment(experiment: Experiment, world: SuiteWorld): Promise<ExperimentResult> {
  const { id, title, scenario, criterion, executions } = experiment
  const file = join(scenarios, `${scenario}.yaml`)
  const predicted = await world.write(await loadPoints(file))
  const reports = [{ name: 'prediction', href: hrefOf(world, predicted.folder) }]
  const findings: Finding[] = experiment.judge(predicted.results)
  const observed = new Set<string>()
  for (const { name, sets } of executions) {
    const run = await observe(world, file, sets, recordedIn(scenario, name))
    observed.add(run.how)
    if (run.written === null) findings.push(skipped(name, run.how))
    else {
      reports.push({ name: `observed ${name}`.trim(), href: hrefOf(world, run.written.folder) })
      findings.push(...judged(experiment, name, run.written.results))
    }
  }
  const question = predicted.results.scenario.description
  return {
    ...{ id, title, question, scenario: `scenarios/suite/${scenario}.yaml`, criterion, findings, reports },
    verdict: verdictOf(findings),
    observed: [...observed].join('; '),
  }
}

const hrefOf = ({ folder }: SuiteWorld, run: string): string =>
  relative(folder, join(run, 'report.html')).replaceAll('\\', '/')

/** Folder of what was recorded of an execution. */
const recordedIn = (scenario: string, name: string): string =>
  join(scenarios, 'observed', name === '' ? scenario : `${scenario}-${name.replace(/\W+/g, '-')}`)

async function observe(world: SuiteWorld, file: string, sets: readonly string[], recorded: string) {
  const sweep = await loadPoints(file, { sets })
  if (world.noClusters === null) return { how: 'executed on kwok', written: await world.execute(sweep) }
  if (!existsSync(recorded)) return { how: `not observed: ${world.noClusters}, and nothing is recorded`, written: null }
  const observations = readObservations(recorded)
  const written = await world.write(sweep, options => compareRecorded(sweep, observations, options))
  return { how: `recorded on ${observations[0].provider} before (${world.noClusters})`, written }
}

function judged({ judgeExecuted }: Experiment, name: string, { verification }: Results): Finding[] {
  if (judgeExecuted === undefined || verification === undefined) return []
  const executed: Executed = { name, verification }
  return judgeExecuted(executed)
}

const skipped = (name: string, why: string): Finding => ({
  criterion: `${name === '' ? '' : `${name}: `}real clusters do as predicted`,
  measured: why,
  status: 'skipped',
})
