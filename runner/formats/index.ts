/** The table of workload formats: one file, one line. */
import { azureFunctions } from './azure-functions.ts'
import { azureLlm } from './azure-llm.ts'
import { csv } from './csv.ts'
import { ecsched } from './ecsched.ts'
import type { FormatEntry } from './format.ts'
import { gaia } from './gaia.ts'
import { google2011 } from './google-2011.ts'
import { google2019 } from './google-2019.ts'
import { kubenergy } from './kubenergy.ts'
import { openb } from './openb.ts'
import { opendc } from './opendc.ts'
import { parquet } from './parquet.ts'
import { swf } from './swf.ts'

export const formats: readonly FormatEntry[] = [
  swf,
  csv,
  parquet,
  openb,
  gaia,
  ecsched,
  azureLlm,
  azureFunctions,
  google2011,
  google2019,
  opendc,
  kubenergy,
]

export const findFormat = (name: string): FormatEntry | undefined => formats.find(entry => entry.name === name)
