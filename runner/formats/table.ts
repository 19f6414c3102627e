/** Formats that are tables of text: columns by name, one rule that makes a job of a row. */
import { createRequire } from 'node:module'
import type { OptionSchema } from '../../engine/schema.ts'
import { FabricdtError } from '../errors.ts'
import { TraceBuilder } from './columns.ts'
import { type FormatEntry, type FormatOptions, limitOption, type TraceColumns, type TraceField } from './format.ts'
import { columnNames } from './header.ts'

/** Loaded when a table is read: scenarios are read without. */
const csvParser = () => createRequire(import.meta.url)('csv-parse/sync') as typeof import('csv-parse/sync')

/** One line of the file, looked at by names of columns. */
export interface Row {
  /** From 1. */
  readonly line: number
  /** '' where the column is empty, or absent from the file. */
  text(column: string): string
  /** NaN where it is empty or absent. Throws `bad-trace` where anything but a number stands there. */
  number(column: string): number
  /** Throws `bad-trace` at this line. */
  fail(what: string): never
}

/** What a row tells of its job; what is absent is unknown. */
export type RowJob = Partial<Record<TraceField, number>> & { submitS: number; runS: number }

interface TableFormat {
  name: string
  summary: string
  /** Columns of a file without a header line. */
  header?: readonly string[]
  /** Columns that the file must have; any of those in a nested list. */
  needs: readonly string[]
  /** Further columns that are read where they are there. */
  reads?: readonly string[]
  delimiter?: string
  options?: Readonly<Record<string, OptionSchema>>
  /** Makes the jobs: by row, or by what many rows say together. */
  gather: (options: FormatOptions, trace: TraceBuilder, file: string) => Gatherer
}

export interface Gatherer {
  row: (row: Row) => void
  /** After the last row. */
  end?: () => void
}

/** The entry of a format that is such a table. */
export function tableFormat(format: TableFormat): FormatEntry {
  return {
    name: format.name,
    summary: format.summary,
    options: { ...format.options, limit: limitOption },
    read: (bytes, file, options) => readTable(format, bytes, file, options),
    recognises: firstLines => format.header === undefined && hasColumns(firstLines[0] ?? '', format),
  }
}

const hasColumns = (line: string, { needs, delimiter = ',' }: TableFormat): boolean => {
  const names = columnNames(line, delimiter)
  return needs.every(name => names.includes(name))
}

function readTable(format: TableFormat, bytes: Uint8Array, file: string, options: FormatOptions): TraceColumns {
  const trace = new TraceBuilder()
  const limit = (options.limit as number | undefined) ?? Number.POSITIVE_INFINITY
  const gatherer = format.gather(options, trace, file)
  const names = readRows(format, bytes, file, row => {
    if (trace.count < limit) gatherer.row(row)
  })
  gatherer.end?.()
  const known = new Set([...format.needs, ...(format.reads ?? [])])
  trace.drop(names.filter(name => name !== '' && !known.has(name)))
  return trace.finish()
}

/** Calls back with each row of a table of text; gives the names of its columns. Throws FabricdtError `bad-trace`. */
export function readRows(
  format: Pick<TableFormat, 'needs' | 'header' | 'delimiter'>,
  bytes: Uint8Array,
  file: string,
  onRow: (row: Row) => void,
): string[] {
  const row = new TextRow(file)
  let positions = format.header === undefined ? null : positionsOf(format.header)
  if (positions !== null) row.positions = positions
  eachRecord(bytes, file, format.delimiter ?? ',', (cells, line) => {
    if (positions === null) {
      positions = headerOf(format, cells, file, line)
      row.positions = positions
    } else onRow(row.at(cells, line))
  })
  if (positions === null) throw new FabricdtError('bad-trace', `${file}:1: the file is empty`)
  return [...(positions as Map<string, number>).keys()]
}

/** Calls back with the cells of each record and the line on which it ends. */
function eachRecord(
  bytes: Uint8Array,
  file: string,
  delimiter: string,
  onRecord: (cells: string[], line: number) => void,
): void {
  const { CsvError, parse } = csvParser()
  try {
    parse(bytes, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      onRecord: (cells: string[], { lines }: { lines: number }) => {
        onRecord(cells, lines)
        return null
      },
    })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new FabricdtError('bad-trace', `${file}:${Number(cause.lines)}: ${cause.message}`, { cause })
  }
}

const positionsOf = (names: readonly string[]) => new Map(names.map((name, position) => [name, position]))

function headerOf(
  { needs }: Pick<TableFormat, 'needs'>,
  names: readonly string[],
  file: string,
  line: number,
): Map<string, number> {
  const missing = needs.filter(name => !names.includes(name))
  if (missing.length > 0)
    throw new FabricdtError(
      'bad-trace',
      `${file}:${line}: no column ${missing.map(name => `“${name}”`).join(', ')}; the file has ${names.join(', ')}`,
      { hint: 'Name another format, or read it as `csv` and map its columns.' },
    )
  return positionsOf(names)
}

class TextRow implements Row {
  positions: ReadonlyMap<string, number> = new Map()
  line = 0
  private cells: readonly string[] = []
  private readonly file: string

  constructor(file: string) {
    this.file = file
  }

  at(cells: readonly string[], line: number): this {
    this.cells = cells
    this.line = line
    return this
  }

  text(column: string): string {
    const position = this.positions.get(column)
    return position === undefined ? '' : (this.cells[position] ?? '')
  }

  number(column: string): number {
    const text = this.text(column)
    if (text === '') return Number.NaN
    const value = Number(text)
    return Number.isFinite(value) ? value : this.fail(`column ${column}: “${text}” is not a number`)
  }

  fail(what: string): never {
    throw new FabricdtError('bad-trace', `${this.file}:${this.line}: ${what}`)
  }
}

/** Adds one job a row, where the rule makes one of it; else the text that it returns says why not. */
export const jobOfRow =
  (rule: (row: Row, options: FormatOptions, trace: TraceBuilder) => RowJob | string) =>
  (options: FormatOptions, trace: TraceBuilder, _file?: string): Gatherer => ({
    row: row => {
      const job = rule(row, options, trace)
      if (typeof job === 'string') trace.skip(job)
      else addJob(trace, job)
    },
  })

/** Adds a job; numbered in order where it has no number, expected to run as long as it did where nobody said. */
export function addJob(trace: TraceBuilder, job: RowJob): void {
  if (!(job.submitS >= 0)) return trace.skip('submit time unknown')
  if (!(job.runS >= 0)) return trace.skip('run time unknown')
  trace.add({
    id: job.id ?? trace.count,
    submitS: job.submitS,
    runS: job.runS,
    estimateS: job.estimateS ?? job.runS,
    tasks: job.tasks ?? Number.NaN,
    cpuMilli: job.cpuMilli ?? Number.NaN,
    memoryBytes: job.memoryBytes ?? Number.NaN,
    gpu: job.gpu ?? Number.NaN,
  })
}
