/** The main command: predicts each scenario, writes its run folder, prints the summary. */
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { renderPage } from '../../reports/page.ts'
import type { Results, RunInfo } from '../../reports/results.ts'
import { exits } from '../errors.ts'
import { decisionRows, decisionsHeader } from '../output/decisions-csv.ts'
import { writeRunFolder } from '../output/run-folder.ts'
import { type Prediction, predict } from '../predict.ts'
import { type Loaded, loadScenario } from '../scenario/load.ts'
import { renderDiagnostics } from '../scenario/render-diagnostics.ts'
import { exitOf } from './exit.ts'
import { Interrupt } from './interrupt.ts'
import { packageVersion } from './main.ts'
import { Progress } from './progress.ts'
import { summaryText } from './summary-text.ts'

export interface RunFlags {
  set: string[]
  seed?: number
  replications?: number
  threads?: number
  policy: string[]
  out: string
  json?: boolean
  strict?: boolean
  quiet?: boolean
}

/** Runs the files one after another; the worst exit code wins. All files are checked before any work begins. */
export async function runScenarios(files: readonly string[], flags: RunFlags): Promise<number> {
  const loaded: Loaded[] = []
  for (const file of files) loaded.push(await loadScenario(file, overridesOf(flags)))
  const interrupt = new Interrupt()
  let exit: number = exits.ok
  try {
    for (const one of loaded) exit = Math.max(exit, await runOne(one, flags, interrupt.signal))
  } catch (error) {
    if (interrupt.exit === null) throw error
    process.stderr.write(`interrupted: nothing of the unfinished run was written\n`)
    return interrupt.exit
  } finally {
    interrupt.release()
  }
  return exit
}

const overridesOf = (flags: RunFlags) => ({
  sets: flags.set,
  ...(flags.policy.length > 0 ? { policies: flags.policy } : {}),
  ...(flags.seed === undefined ? {} : { seed: flags.seed }),
  ...(flags.replications === undefined ? {} : { replications: flags.replications }),
})

async function runOne(loaded: Loaded, flags: RunFlags, signal: AbortSignal): Promise<number> {
  const { scenario, source, warnings } = loaded
  if (warnings.length > 0) process.stderr.write(renderDiagnostics(warnings))
  const startedAt = new Date()
  const begin = performance.now()
  const threads = flags.threads ?? availableParallelism()
  const progress = flags.quiet === true ? null : new Progress(process.stderr, scenario.name)
  let prediction: Prediction
  try {
    prediction = await predict(scenario, source, {
      threads,
      signal,
      onPlan: ({ trials }) => progress?.plan(trials),
      onTrial: outcome => progress?.trial(outcome),
    })
  } finally {
    progress?.clear()
  }
  const results: Results = {
    ...prediction.results,
    run: runInfo(prediction, startedAt, (performance.now() - begin) / 1000, threads),
  }
  const folder = join(flags.out, scenario.name, results.run.id)
  await writeRunFolder(folder, {
    'results.json': `${JSON.stringify(results, null, 1)}\n`,
    'scenario.yaml': source,
    'scenario.resolved.json': `${JSON.stringify(scenario, null, 2)}\n`,
    'decisions.csv': decisionsCsv(prediction, results),
    'report.html': await renderPage(results),
  })
  print(results, folder, flags)
  return exitOf(results, flags.strict === true)
}

function* decisionsCsv(prediction: Prediction, results: Results): Generator<string> {
  yield decisionsHeader
  for (const { policy, decisions } of prediction.outcomes)
    if (decisions !== undefined) yield* decisionRows(prediction.model, results.policies[policy].label, decisions)
}

function runInfo({ outcomes, results }: Prediction, startedAt: Date, wallS: number, threads: number): RunInfo {
  const stamp = startedAt.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const sum = (of: (outcome: Prediction['outcomes'][number]) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0)
  return {
    id: `${stamp}-${results.resultsHash.slice(0, 6)}-${process.pid}`,
    command: ['fabricdt-run', ...process.argv.slice(2)].map(shellQuote).join(' '),
    startedAt: startedAt.toISOString(),
    wallS,
    threads,
    node: process.version,
    version: packageVersion(),
    platform: `${process.platform} ${process.arch}`,
    trials: outcomes.length,
    jobs: sum(outcome => outcome.summary?.total.submitted ?? 0),
    events: sum(outcome => outcome.summary?.events ?? 0),
  }
}

const shellQuote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

function print(results: Results, folder: string, flags: RunFlags): void {
  const shown = relative(process.cwd(), folder).startsWith('..') ? folder : relative(process.cwd(), folder)
  if (flags.json === true) process.stdout.write(`${JSON.stringify(results)}\n`)
  else if (flags.quiet !== true)
    process.stdout.write(`${summaryText(results)}\nreport: ${join(shown, 'report.html')}\n`)
  if (flags.quiet === true || flags.json === true) {
    for (const { policy, replication, message } of results.errors)
      process.stderr.write(`error in ${policy}, replication ${replication}: ${message}\n`)
    for (const { subject, text, status } of results.expectations)
      if (status === 'fail') process.stderr.write(`✗ ${subject}: ${text}\n`)
  }
}
