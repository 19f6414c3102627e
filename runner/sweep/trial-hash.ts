/** What a trial depends on, as hashes: equal hashes, equal results. The parts say why a trial must run again. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../reports/package-root.ts'
import { hashFile } from '../compile/files.ts'
import { findFormat } from '../formats/index.ts'
import { canonicalJson, sha256 } from '../output/canonical.ts'
import type { Scenario, ScenarioPolicy, TraceArrivals } from '../scenario/scenario.ts'

/** Parts of a scenario that every trial of it depends on, by the name by which a person knows them. */
export type Parts = Readonly<Record<'engine' | 'seed' | 'time' | 'fabric' | 'workloads' | 'failures', string>>

export function partsOf(scenario: Scenario, engine: string): Parts {
  const hash = (value: unknown) => sha256(canonicalJson(value))
  const workloads = scenario.workloads.map(workload =>
    workload.arrivals.process === 'trace' && workload.arrivals.file !== null
      ? { ...workload, arrivals: byContent(workload.arrivals, workload.arrivals.file) }
      : workload,
  )
  return {
    engine,
    seed: hash(scenario.seed),
    time: hash([scenario.horizonS, scenario.warmupS, scenario.compat]),
    fabric: hash([scenario.clusters, scenario.latencyS, scenario.bandwidth, scenario.modes]),
    workloads: hash(workloads),
    failures: hash([scenario.failures, scenario.randomFailures, scenario.triggers]),
  }
}

/** A trace as what its files hold, wherever they lie. */
function byContent(arrivals: TraceArrivals, file: string) {
  const { files = [] } = findFormat(arrivals.format) ?? {}
  const named = files.filter(name => typeof arrivals.options[name] === 'string')
  const hashes = Object.fromEntries(named.map(name => [name, hashFile(arrivals.options[name] as string)]))
  return { ...arrivals, file: hashFile(file), options: { ...arrivals.options, ...hashes } }
}

/** Key of the trials of one policy at one point, whatever their replication. */
export const trialsHash = (parts: Parts, { name, options, own }: Omit<ScenarioPolicy, 'label'>): string =>
  sha256(canonicalJson([parts, name, options, ...(own === undefined ? [] : [own.hash])]))

/** Put in by the build when it bundles the command: what is bundled is what counts then, whatever lies in dist/. */
declare const FABRICDT_ENGINE: string | undefined

/** Hash of the built code that decides what a trial gives. */
export const engineHash = (): string => (typeof FABRICDT_ENGINE === 'string' ? FABRICDT_ENGINE : hashOfBuild())

function hashOfBuild(): string {
  const dist = fileURLToPath(new URL('dist/', packageRoot))
  const files = ['engine', 'runner/compile', 'runner/formats'].flatMap(folder =>
    readdirSync(join(dist, folder), { recursive: true }).map(name => join(folder, String(name))),
  )
  const code = [
    ...files,
    'runner/sweep/trial.js',
    'reports/trial-summary.js',
    'reports/rebin.js',
    'reports/summary/row.js',
  ].filter(name => name.endsWith('.js'))
  return sha256(
    code
      .sort()
      .map(name => `${name}\n${readFileSync(join(dist, name), 'utf8')}`)
      .join('\n'),
  )
}
