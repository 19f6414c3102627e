/** The table of workload formats: one file, one line. */
import { csv } from './csv.ts'
import type { FormatEntry } from './format.ts'
import { swf } from './swf.ts'

export const formats: readonly FormatEntry[] = [swf, csv]

export const findFormat = (name: string): FormatEntry | undefined => formats.find(entry => entry.name === name)
