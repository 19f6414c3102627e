/** Observations in the folder of a run: `observation-<policy>.json`, what calibration reads. NaN is null in the file. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FabricdtError } from '../errors.ts'
import type { Observation } from './observation.ts'

const version = 'fabricdt.io/observation.v1alpha1'

type ColumnType = Float64ArrayConstructor | Int32ArrayConstructor | Uint8ArrayConstructor

/** Columns that are not of float64. */
const integers: Readonly<Record<string, ColumnType>> = {
  workload: Int32Array,
  stage: Int32Array,
  attempt: Int32Array,
  node: Int32Array,
  cluster: Int32Array,
  originCluster: Int32Array,
  attempts: Int32Array,
  outcome: Uint8Array,
  deadlineMissed: Uint8Array,
  end: Uint8Array,
}

/** Name and content of the file of an observation. */
export const observationFile = (observation: Observation): { name: string; content: string } => ({
  name: `observation-${observation.policy.replace(/[^\w.-]/g, '_')}.json`,
  content: `${JSON.stringify({ apiVersion: version, kind: 'Observation', ...observation }, plain)}\n`,
})

const plain = (_key: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value

/** The observations of a run. Throws FabricdtError `no-observation` where the folder has none, or one that cannot be read. */
export function readObservations(folder: string): Observation[] {
  let names: string[]
  try {
    names = readdirSync(folder).filter(name => /^observation-.*\.json$/.test(name))
  } catch (cause) {
    throw new FabricdtError('no-observation', `cannot read ${folder}: ${(cause as Error).message}`, { cause })
  }
  if (names.length === 0) throw new FabricdtError('no-observation', `${folder} holds no observation`)
  return names.sort().map(name => readOne(join(folder, name)))
}

function readOne(file: string): Observation {
  try {
    const { apiVersion, kind: _kind, ...fields } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    if (apiVersion !== version) throw new Error(`it is of ${apiVersion}, not of ${version}`)
    const { jobs, attempts, clusters, energy, cpu, ...rest } = fields as unknown as Observation
    return {
      ...rest,
      jobs: columns(jobs),
      attempts: columns(attempts),
      clusters: columns(clusters),
      ...(energy === undefined ? {} : { energy: { ...energy, energyJ: column('energyJ', energy.energyJ) } }),
      ...(cpu === undefined ? {} : { cpu: { ...cpu, coreS: column('coreS', cpu.coreS) } }),
    }
  } catch (cause) {
    throw new FabricdtError('no-observation', `cannot read ${file}: ${(cause as Error).message}`, { cause })
  }
}

const columns = <T extends object>(table: T): T =>
  Object.fromEntries(Object.entries(table).map(([name, values]) => [name, column(name, values)])) as T

const column = <T>(name: string, values: T): T =>
  (integers[name] ?? Float64Array).from((values as (number | null)[]).map(value => value ?? Number.NaN)) as T
