/** `fabricdt-run calibrate`: what executed runs say of the fabric, as a file that scenarios include. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compile } from '../compile/compile.ts'
import { exits, FabricdtError } from '../errors.ts'
import { replaceFile } from '../output/run-folder.ts'
import type { Calibration } from '../scenario/calibration-file.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { calibrate, type ObservedRun } from '../verify/calibrate/calibrate.ts'
import { calibrationYaml } from '../verify/calibrate/calibration-yaml.ts'
import { readObservations } from '../verify/observation-file.ts'
import { calibrationText } from './calibration-text.ts'

export interface CalibrateFlags {
  /** File to write. */
  out: string
  name?: string
  /** Only say what was fitted. */
  dryRun?: boolean
}

/** Fits what the runs in the folders tell. Throws FabricdtError `no-observation` or `nothing-to-fit`. */
export async function runCalibrate(folders: readonly string[], flags: CalibrateFlags): Promise<number> {
  const name = flags.name ?? basename(flags.out).replace(/\.ya?ml$/, '')
  const result = calibrate(name, folders.map(readRun))
  process.stdout.write(calibrationText(result))
  if (flags.dryRun === true) return exits.ok
  if (isEmpty(result.calibration))
    throw new FabricdtError('nothing-to-fit', `the runs tell nothing that could be fitted: ${flags.out} is not written`)
  await replaceFile(flags.out, calibrationYaml(result.calibration))
  process.stdout.write(`\nwritten: ${flags.out} (include it by spec.calibration: ${basename(flags.out)})\n`)
  return exits.ok
}

const isEmpty = ({ pools, modes }: Calibration): boolean =>
  [...Object.values(pools), modes].every(fit => Object.keys(fit).length === 0)

function readRun(folder: string): ObservedRun {
  const observations = readObservations(folder)
  const file = join(folder, 'scenario.resolved.json')
  let scenario: Scenario
  try {
    scenario = JSON.parse(readFileSync(file, 'utf8')) as Scenario
  } catch (cause) {
    throw new FabricdtError('no-observation', `cannot read ${file}: ${(cause as Error).message}`, { cause })
  }
  return { name: basename(folder), model: compile(scenario).model, observations }
}
