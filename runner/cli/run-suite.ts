/** The validation experiments V1 to V6 as one suite: run, judged, printed, and written as JSON, a page and JUnit. */
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { suiteJunit } from '../../reports/suite/junit.ts'
import { renderSuite } from '../../reports/suite/page.ts'
import { findProvider } from '../clusters/providers/index.ts'
import { exits, FabricdtError } from '../errors.ts'
import { writeRunFolder } from '../output/run-folder.ts'
import { packageVersion } from '../package-version.ts'
import type { Experiment } from '../suite/experiment.ts'
import { experiments } from '../suite/experiments/index.ts'
import { runExperiment, type SuiteWorld } from '../suite/run-experiment.ts'
import { type ExperimentResult, type SuiteResult, suiteFails } from '../suite/suite.ts'
import { TrialCache } from '../sweep/cache.ts'
import { Interrupt } from './interrupt.ts'
import { type RunFlags, stampOf, writeRun } from './run.ts'
import { experimentText, suiteConclusion } from './suite-text.ts'

export interface SuiteFlags {
  /** `V1,V3`; absent: all. */
  only?: string
  out: string
  /** Makes no clusters. */
  recorded?: boolean
  threads?: number
  json?: boolean
}

/** Exit code 1 where a criterion is not met, else 0: what could not be judged is said, and fails nothing. */
export async function runSuite(flags: SuiteFlags): Promise<number> {
  const chosen = choose(flags.only)
  const interrupt = new Interrupt()
  try {
    const result = await runAll(chosen, flags, interrupt.signal)
    process.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : `${suiteConclusion(result)}\n`)
    return suiteFails(result) ? exits.expectation : exits.ok
  } catch (error) {
    if (interrupt.exit === null) throw error
    process.stderr.write('interrupted: nothing of the suite is left on clusters\n')
    return interrupt.exit
  } finally {
    interrupt.release()
  }
}

/** Throws FabricdtError `usage` for one that does not exist. */
function choose(only: string | undefined): readonly Experiment[] {
  if (only === undefined) return experiments
  const asked = only.split(',').map(id => id.trim().toUpperCase())
  const unknown = asked.find(id => !experiments.some(experiment => experiment.id === id))
  if (unknown !== undefined)
    throw new FabricdtError(
      'usage',
      `there is no experiment “${unknown}”: ${experiments.map(({ id }) => id).join(', ')}`,
    )
  return experiments.filter(({ id }) => asked.includes(id))
}

async function runAll(chosen: readonly Experiment[], flags: SuiteFlags, signal: AbortSignal): Promise<SuiteResult> {
  const startedAt = new Date()
  const begin = performance.now()
  const folder = join(flags.out, 'suite', `${stampOf(startedAt)}-${process.pid}`)
  const world = await worldOf(flags, folder, signal)
  const done: ExperimentResult[] = []
  for (const experiment of chosen) {
    const one = await runExperiment(experiment, world)
    done.push(one)
    if (flags.json !== true) process.stdout.write(`${experimentText(one)}\n`)
  }
  const result: SuiteResult = {
    ...{ apiVersion: 'fabricdt.io/suite.v1alpha1', kind: 'Suite', version: packageVersion() },
    ...{ startedAt: startedAt.toISOString(), wallS: (performance.now() - begin) / 1000, experiments: done },
  }
  const junit = suiteJunit(result)
  const files = { 'suite.json': `${JSON.stringify(result, null, 1)}\n`, 'suite.html': await renderSuite(result) }
  await writeRunFolder(folder, { ...files, 'junit.xml': junit })
  if (flags.json !== true) process.stdout.write(`report: ${relative(process.cwd(), join(folder, 'suite.html'))}\n`)
  return result
}

async function worldOf(flags: SuiteFlags, folder: string, signal: AbortSignal): Promise<SuiteWorld> {
  mkdirSync(flags.out, { recursive: true })
  const cache = new TrialCache(join(flags.out, '.cache'))
  const plain: RunFlags = {
    ...{ mode: 'predict', set: [], policy: [], out: flags.out, quiet: true },
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
  }
  return {
    folder,
    noClusters: flags.recorded === true ? 'no clusters were wanted' : await whyNoClusters(),
    write: (sweep, obtain) => writeRun(sweep, cache, plain, signal, obtain),
    execute: sweep => writeRun(sweep, cache, { ...plain, mode: 'verify', provider: 'kwok' }, signal),
  }
}

/** What this machine lacks for the provider kwok; null: nothing. */
async function whyNoClusters(): Promise<string | null> {
  const findings = (await findProvider('kwok')?.doctor()) ?? []
  const lacking = findings.filter(({ ok }) => !ok).map(({ what }) => what)
  return lacking.length === 0 ? null : `kwok needs ${lacking.join(', ')} here`
}
