/** A CSV of carbon intensity or prices: a column of times and one of values per kWh, each in force until the next. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Diagnostic, ErrorCode } from '../errors.ts'
import { QuantityError, readInstant } from './quantities.ts'
import { suggest } from './suggest.ts'

/** What a file is about: the bounds of its values, and how to say what is wrong. */
export interface RateKind {
  readonly name: 'carbon' | 'price'
  readonly column: string
  readonly least: number
  readonly most: number
  readonly noun: string
  readonly hint: string
}

export const rateKinds = {
  carbon: {
    name: 'carbon',
    column: 'carbon_intensity',
    least: 0,
    most: 10_000,
    noun: 'carbon intensity',
    hint: 'Write gCO2e/kWh, from 0 to 10000.',
  },
  price: {
    name: 'price',
    column: 'price',
    least: -1000,
    most: 1000,
    noun: 'price',
    hint: 'Write what a kWh costs, from -1000 to 1000.',
  },
} as const satisfies Readonly<Record<string, RateKind>>

export interface RateFile {
  /** Seconds since 1970, ascending. */
  timesS: number[]
  values: number[]
  problems: Diagnostic[]
}

/** Reads a file that exists. Problems carry their line in it; ten at most, as one wrong unit repeats on every line. */
export function readRateFile(file: string, column: string, kind: RateKind): RateFile {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '')
  const lines = text.split(/\r?\n/)
  const result: RateFile = { timesS: [], values: [], problems: [] }
  const problem = (index: number, code: ErrorCode, message: string, hint: string) =>
    result.problems.push({ code, severity: 'error', message, hint, ...placeIn(file, lines, index) })
  const header = lines.findIndex(isContent)
  const names = cellsOf(lines[header] ?? '')
  const [time, value] = ['timestamp', column].map(name => {
    const at = names.indexOf(name)
    if (at < 0)
      problem(
        Math.max(0, header),
        'bad-trace',
        `there is no column “${name}”`,
        suggest(name, names, headerHint(name, kind)),
      )
    return at
  })
  if (time < 0 || value < 0) return result
  for (let index = header + 1; index < lines.length && result.problems.length < 10; index++) {
    if (!isContent(lines[index])) continue
    const cells = cellsOf(lines[index])
    try {
      const timeS = readInstant(cells[time] ?? '')
      const rate = cells[value] === '' ? Number.NaN : Number(cells[value])
      if (!(rate >= kind.least && rate <= kind.most))
        problem(index, 'bad-trace', `“${cells[value] ?? ''}” is no ${kind.noun}`, kind.hint)
      else if (timeS <= (result.timesS.at(-1) ?? Number.NEGATIVE_INFINITY))
        problem(index, 'bad-trace', `${cells[time]} is not after the line before`, 'Sort the file by time, each once.')
      else {
        result.timesS.push(timeS)
        result.values.push(rate)
      }
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error
      problem(index, error.code, error.message, error.hint)
    }
  }
  if (result.problems.length === 0 && result.timesS.length === 0)
    problem(Math.max(0, header), 'bad-trace', 'the file has no rows', 'Add at least one.')
  return result
}

const headerHint = (name: string, { column }: RateKind): string =>
  `Begin the file with \`timestamp,${name === 'timestamp' ? column : name}\`.`

const isContent = (line: string): boolean => line.trim() !== '' && !line.startsWith('#')

const cellsOf = (line: string): string[] => line.split(',').map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))

const placeIn = (file: string, lines: readonly string[], index: number) => ({
  file,
  line: index + 1,
  column: 1,
  length: Math.max(1, lines[index].length),
  excerpt: lines.slice(Math.max(0, index - 2), index + 1),
})
