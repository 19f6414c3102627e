/** The main command: predicts each scenario, writes its run folder, prints the summary. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join, relative } from 'node:path'
import { type Draw, drawHere } from '../../reports/charts/drawing.ts'
import { DrawingThread } from '../../reports/charts/drawing-thread.ts'
import { metricsCsv } from '../../reports/csv/metrics.ts'
import { scheduleCsv } from '../../reports/csv/schedule.ts'
import { junit } from '../../reports/junit.ts'
import { renderPage } from '../../reports/page.ts'
import {
  decisionsParquet,
  explanationsParquet,
  jobsParquet,
  type PolicyDecisions,
  type PolicyExplanations,
  type PolicyJobs,
  seriesParquet,
} from '../../reports/parquet.ts'
import type { Results, RunInfo } from '../../reports/results.ts'
import { exits, FabricdtError } from '../errors.ts'
import type { Execution } from '../execute/execute-sweep.ts'
import { workerImage } from '../execute/worker-image.ts'
import { resultsJson } from '../output/results-json.ts'
import { type FileContent, replaceFile, writeRunFolder } from '../output/run-folder.ts'
import { packageVersion } from '../package-version.ts'
import { type Prediction, type PredictOptions, plan, predict } from '../predict.ts'
import { type LoadedSweep, loadPoints } from '../scenario/load-points.ts'
import { renderDiagnostics } from '../scenario/render-diagnostics.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { TrialCache } from '../sweep/cache.ts'
import { nodesCsv, podsCsv } from '../telemetry/lifecycle-csv.ts'
import { seriesCsv } from '../telemetry/series-csv.ts'
import { observationFile } from '../verify/observation-file.ts'
import { exitOf } from './exit.ts'
import { Interrupt } from './interrupt.ts'
import { planText } from './plan-text.ts'
import { Progress } from './progress.ts'
import { summaryText } from './summary-text.ts'
import { verifyText } from './verify-text.ts'

export interface RunFlags {
  mode: 'predict' | 'execute' | 'verify'
  /** Of the clusters, unless it only predicts. */
  provider?: string
  /** What containers on real nodes run. */
  image?: string
  set: string[]
  seed?: number
  replications?: number
  threads?: number
  policy: string[]
  out: string
  cache?: boolean
  resume?: boolean
  dryRun?: boolean
  json?: boolean
  /** File for the expectations as JUnit XML. */
  junit?: string
  /** Metrics and the schedule as CSV, too. */
  csv?: boolean
  strict?: boolean
  /** Whether all placements of the first replication are explained, not only a sample. */
  explain?: boolean
  quiet?: boolean
}

/** Runs the files one after another; the worst exit code wins. All files are checked before any work begins. */
export async function runScenarios(files: readonly string[], flags: RunFlags): Promise<number> {
  if (flags.junit !== undefined && files.length > 1)
    throw new FabricdtError('usage', '--junit takes the expectations of one scenario: give one file')
  const sweeps: LoadedSweep[] = []
  for (const file of files) sweeps.push(await loadPoints(file, overridesOf(flags)))
  const cache = flags.cache === false ? null : new TrialCache(join(flags.out, '.cache'))
  if (flags.dryRun === true) {
    for (const sweep of sweeps) process.stdout.write(await dryRunText(sweep, cache, flags))
    return exits.ok
  }
  if (flags.resume === true) for (const sweep of sweeps) requireStarted(sweep, cache)
  const interrupt = new Interrupt()
  let exit: number = exits.ok
  try {
    for (const sweep of sweeps) exit = Math.max(exit, await runOne(sweep, cache, flags, interrupt.signal))
  } catch (error) {
    if (interrupt.exit === null) throw error
    const kept =
      cache === null ? 'nothing was kept (--no-cache)' : 'finished trials are kept: the same command goes on from there'
    process.stderr.write(
      `interrupted: ${flags.mode === 'predict' ? kept : 'nothing of the run is left on the clusters'}\n`,
    )
    return interrupt.exit
  } finally {
    interrupt.release()
  }
  return exit
}

async function dryRunText(sweep: LoadedSweep, cache: TrialCache | null, flags: RunFlags): Promise<string> {
  if (flags.mode === 'predict') return planText(sweep, plan(sweep, cache))
  const { executionText } = await import('./execution-text.ts')
  return executionText(sweep)
}

/** `--resume` is for going on: starting anew by mistake would take hours before anyone noticed. */
function requireStarted(sweep: LoadedSweep, cache: TrialCache | null): void {
  if (plan(sweep, cache).reused > 0) return
  throw new FabricdtError(
    'nothing-to-resume',
    `no trial of ${sweep.points[0].loaded.scenario.name} is there to go on from`,
  )
}

const overridesOf = (flags: RunFlags) => ({
  sets: flags.set,
  ...(flags.policy.length > 0 ? { policies: flags.policy } : {}),
  ...(flags.seed === undefined ? {} : { seed: flags.seed }),
  ...(flags.replications === undefined ? {} : { replications: flags.replications }),
})

async function runOne(
  sweep: LoadedSweep,
  cache: TrialCache | null,
  flags: RunFlags,
  signal: AbortSignal,
): Promise<number> {
  const { results, folder } = await writeRun(sweep, cache, flags, signal)
  print(results, folder, flags)
  return exitOf(results, flags.strict === true)
}

type Obtained = Prediction & Partial<Execution>

/**
 * Predicts a scenario, or obtains its results as told, and writes the folder of the run. With more than one thread, the
 * figures are drawn on one that gets ready while the trials run. Rejects with FabricdtError, or the signal's reason.
 */
export async function writeRun(
  sweep: LoadedSweep,
  cache: TrialCache | null,
  flags: RunFlags,
  signal: AbortSignal,
  obtain?: (options: PredictOptions) => Promise<Obtained>,
): Promise<{ results: Results; folder: string }> {
  const threads = flags.threads ?? availableParallelism()
  const drawing = threads > 1 ? new DrawingThread() : null
  const lingering: Promise<void>[] = []
  const linger = (gone: Promise<void>) => lingering.push(gone)
  try {
    const draw = drawing?.draw ?? drawHere
    return await predictAndWrite(sweep, cache, { ...flags, threads }, { signal, linger, obtain }, draw)
  } finally {
    await Promise.all([...lingering, drawing?.close()])
  }
}

async function predictAndWrite(
  sweep: LoadedSweep,
  cache: TrialCache | null,
  flags: RunFlags & { threads: number },
  {
    signal,
    linger,
    obtain,
  }: Required<Pick<PredictOptions, 'signal' | 'linger'>> & {
    obtain: ((options: PredictOptions) => Promise<Obtained>) | undefined
  },
  draw: Draw,
): Promise<{ results: Results; folder: string }> {
  const { scenario, source } = sweep.points[0].loaded
  if (sweep.warnings.length > 0) process.stderr.write(renderDiagnostics(sweep.warnings))
  const startedAt = new Date()
  const begin = performance.now()
  const { threads } = flags
  const progress = flags.quiet === true ? null : new Progress(process.stderr, scenario.name)
  let prediction: Obtained
  try {
    const options: PredictOptions = {
      threads,
      signal,
      linger,
      cache,
      explainAll: flags.explain === true,
      onPlan: planned => progress?.plan(planned),
      onTrials: (done, failed) => progress?.trials(done, failed),
    }
    prediction = await (obtain !== undefined
      ? obtain(options)
      : flags.mode === 'predict'
        ? predict(sweep, options)
        : execute(sweep, flags, options, progress))
  } finally {
    progress?.clear()
  }
  if (prediction.cacheError !== null)
    process.stderr.write(`warning: finished trials could not be kept (${prediction.cacheError})\n`)
  const results: Results = {
    ...prediction.results,
    ...(prediction.verification === undefined ? {} : { verification: prediction.verification }),
    run: runInfo(prediction, startedAt, (performance.now() - begin) / 1000, threads),
  }
  const folder = join(flags.out, scenario.name, results.run.id)
  await writeRunFolder(folder, {
    ...filesOf(prediction, results, source, prediction.derived?.scenario ?? scenario, draw),
    ...(flags.csv === true ? csvFiles(prediction, results, startedAt) : {}),
  })
  if (flags.junit !== undefined) await replaceFile(flags.junit, junit(results, flags.strict === true))
  return { results, folder }
}

async function execute(
  sweep: LoadedSweep,
  { mode, provider, image, quiet }: RunFlags,
  options: PredictOptions,
  progress: Progress | null,
): Promise<Execution> {
  const { executeSweep } = await import('../execute/execute-sweep.ts')
  return executeSweep(sweep, {
    mode: mode === 'verify' ? 'verify' : 'execute',
    ...(provider === undefined ? {} : { provider }),
    image: image ?? workerImage(),
    runId: `${Date.now().toString(36)}-${process.pid}`,
    say: line => {
      progress?.clear()
      if (quiet !== true) process.stderr.write(`${line}\n`)
    },
    predict: options,
  })
}

/** What lies in the folder of a run. The page comes first: its figures may be drawn while the others are written. */
function filesOf(
  prediction: Obtained,
  results: Results,
  source: string,
  scenario: Scenario,
  draw: Draw,
): Record<string, FileContent> {
  return {
    'report.html': () => renderPage(results, { draw }),
    'results.json': resultsJson(results),
    'scenario.yaml': source,
    'scenario.resolved.json': `${JSON.stringify(scenario, null, 2)}\n`,
    'decisions.parquet': decisionsParquet(prediction.model, decisionsOf(prediction, results)),
    'explanations.parquet': explanationsParquet(prediction.model, explanationsOf(prediction, results)),
    'jobs.parquet': jobsParquet(prediction.model, jobsOf(prediction, results)),
    'series.parquet': seriesParquet(results),
    ...ownFiles(scenario),
    ...(prediction.lifecycles === undefined
      ? {}
      : { 'pods.csv': podsCsv(prediction.lifecycles), 'nodes.csv': nodesCsv(prediction.lifecycles) }),
    ...(prediction.observations === undefined ? {} : { 'telemetry.csv': seriesCsv(prediction.observations) }),
    ...Object.fromEntries(
      (prediction.observations ?? []).map(observationFile).map(({ name, content }) => [name, content]),
    ),
  }
}

/** Policies of the user's own, as they were: results without what they came from cannot be had again. */
const ownFiles = ({ policies }: Scenario): Record<string, FileContent> =>
  Object.fromEntries(
    policies.flatMap(({ own }) =>
      own === undefined
        ? []
        : [[`policy-${own.hash.slice(0, 12)}-${basename(own.file)}`, readFileSync(own.file, 'utf8')]],
    ),
  )

/** For whoever works with spreadsheets: much larger than the Parquet files that say the same. */
function csvFiles(prediction: Prediction, results: Results, startedAt: Date): Record<string, FileContent> {
  const { model } = prediction
  const stamp = stampOf(startedAt)
  return {
    [`metrics_${stamp}.csv`]: metricsCsv(results, model, decisionsOf(prediction, results)),
    [`schedule_${stamp}.csv`]: scheduleCsv(model, results.scenario.start, decisionsOf(prediction, results)),
  }
}

/** Jobs of the first replication of the first point, policy by policy. */
function* jobsOf({ first }: Prediction, results: Results): Generator<PolicyJobs> {
  for (const { policy, jobs } of first) if (jobs !== undefined) yield { policy: results.policies[policy].label, jobs }
}

/** Decisions of the same. */
function* decisionsOf({ first }: Prediction, results: Results): Generator<PolicyDecisions> {
  for (const { policy, decisions } of first)
    if (decisions !== undefined) yield { policy: results.policies[policy].label, decisions }
}

/** Explanations of the same. */
function* explanationsOf({ first }: Prediction, results: Results): Generator<PolicyExplanations> {
  for (const { policy, explanations } of first)
    if (explanations !== undefined) yield { policy: results.policies[policy].label, explanations }
}

function runInfo(prediction: Prediction, startedAt: Date, wallS: number, threads: number): RunInfo {
  const { results, trials, reused, jobs, events } = prediction
  return {
    id: `${stampOf(startedAt)}-${results.resultsHash.slice(0, 6)}-${process.pid}`,
    command: ['fabricdt-run', ...process.argv.slice(2)].map(shellQuote).join(' '),
    startedAt: startedAt.toISOString(),
    wallS,
    threads,
    node: process.version,
    version: packageVersion(),
    platform: `${process.platform} ${process.arch}`,
    trials,
    reused,
    jobs,
    events,
  }
}

/** `20261125-183000`. */
export const stampOf = (time: Date): string => time.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)

const shellQuote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

function print(results: Results, folder: string, flags: RunFlags): void {
  const shown = relative(process.cwd(), folder).startsWith('..') ? folder : relative(process.cwd(), folder)
  if (flags.json === true) process.stdout.write(`${JSON.stringify(results)}\n`)
  else if (flags.quiet !== true)
    process.stdout.write(`${summaryText(results)}${verifiedText(results)}\nreport: ${join(shown, 'report.html')}\n`)
  if (flags.quiet === true || flags.json === true) {
    for (const { policy, replication, message } of results.errors)
      process.stderr.write(`error in ${policy}, replication ${replication}: ${message}\n`)
    for (const { subject, text, status } of results.expectations)
      if (status === 'fail') process.stderr.write(`✗ ${subject}: ${text}\n`)
  }
}

const verifiedText = ({ verification }: Results): string =>
  verification === undefined ? '' : `\n${verifyText(verification)}`
