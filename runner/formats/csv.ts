/** Comma-separated values with a header line, columns mapped by name. */
import { FabricdtError } from '../errors.ts'
import { TraceBuilder } from './columns.ts'
import { type FormatEntry, limitOption, type TraceColumns } from './format.ts'
import { columnNames } from './header.ts'
import { scanNumber } from './scan.ts'
import { linesOf, orEmpty } from './writers.ts'

const timeUnits: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600 }
const memoryUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  Ki: 1024,
  Mi: 1024 * 1024,
  Gi: 1024 * 1024 * 1024,
}
const cpuUnits: Readonly<Record<string, number>> = { cores: 1000, milli: 1 }

/** What a column can mean; the default column name is the meaning itself. */
const meanings = ['id', 'submitTime', 'runTime', 'estimate', 'tasks', 'cpu', 'memory', 'gpu'] as const
type Meaning = (typeof meanings)[number]
/** Place of each meaning in a line's values. */
const at = Object.fromEntries(meanings.map((meaning, index) => [meaning, index])) as Record<Meaning, number>

interface CsvOptions {
  columns?: Partial<Record<Meaning, string>>
  timeUnit?: string
  memoryUnit?: string
  cpuUnit?: string
  delimiter?: string
  limit?: number
}

function read(bytes: Uint8Array, file: string, rawOptions: Readonly<Record<string, unknown>>): TraceColumns {
  const options = rawOptions as CsvOptions
  const delimiter = (options.delimiter ?? ',').charCodeAt(0)
  const headerEnd = lineEnd(bytes, 0)
  const header = new TextDecoder().decode(bytes.subarray(0, headerEnd)).replace(/^\uFEFF/, '')
  const names = columnNames(header, options.delimiter ?? ',')
  const positions = mapColumns(names, file, options)
  const values = new Float64Array(meanings.length)
  const units = unitsOf(options)
  const trace = new TraceBuilder()
  trace.drop(names.filter((name, column) => name !== '' && positions[column] < 0))
  const limit = options.limit ?? Number.POSITIVE_INFINITY
  let line = 1
  for (let i = headerEnd + 1; i < bytes.length && trace.count < limit; ) {
    line++
    const end = lineEnd(bytes, i)
    if (end > i && bytes[i] !== 13) {
      readLine(bytes, i, end, delimiter, positions, values, file, line)
      addJob(trace, values, units, line)
    }
    i = end + 1
  }
  return trace.finish()
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(10, from)
  return end < 0 ? bytes.length : end
}

/** For each column of the file the index of its meaning, or −1. */
function mapColumns(names: readonly string[], file: string, options: CsvOptions): Int32Array {
  const positions = new Int32Array(names.length).fill(-1)
  for (const [index, meaning] of meanings.entries()) {
    const name = options.columns?.[meaning] ?? meaning
    const position = names.indexOf(name)
    if (position >= 0) positions[position] = index
    else if (options.columns?.[meaning] !== undefined || meaning === 'submitTime' || meaning === 'runTime')
      throw new FabricdtError(
        'bad-trace',
        `${file}:1: no column “${name}” for ${meaning}; the file has ${names.join(', ')}`,
        {
          hint: `Map it under options.columns, such as {${meaning}: ${names[0]}}.`,
        },
      )
  }
  return positions
}

const scanned = { value: Number.NaN, end: 0 }

/** Fills `values` by meaning; what the line does not say is NaN. */
function readLine(
  bytes: Uint8Array,
  from: number,
  end: number,
  delimiter: number,
  positions: Int32Array,
  values: Float64Array,
  file: string,
  line: number,
): void {
  values.fill(Number.NaN)
  let i = from
  for (let column = 0; i <= end && column < positions.length; column++) {
    const meaning = positions[column]
    while (i < end && bytes[i] === 32) i++
    const quoted = bytes[i] === 34
    if (meaning >= 0) {
      scanNumber(bytes, quoted ? i + 1 : i, scanned)
      const after = scanned.end < end ? bytes[scanned.end] : 10
      const empty = Number.isNaN(scanned.value) && (after === delimiter || after === 10 || after === 13 || after === 34)
      const ended = after === delimiter || after === 10 || after === 13 || after === 34 || after === 32
      if (!empty && (Number.isNaN(scanned.value) || !ended))
        throw new FabricdtError(
          'bad-trace',
          `${file}:${line}: column ${column + 1} (${meanings[meaning]}) is not a number`,
        )
      values[meaning] = scanned.value
      if (!quoted) i = scanned.end
    }
    if (quoted) i = skipQuoted(bytes, i, end)
    while (i < end && bytes[i] !== delimiter) i++
    i++
  }
}

/** Index after the closing quote (two in a row are one of the text). */
function skipQuoted(bytes: Uint8Array, from: number, end: number): number {
  for (let i = from + 1; i < end; i++) {
    if (bytes[i] !== 34) continue
    if (bytes[i + 1] !== 34) return i + 1
    i++
  }
  return end
}

/** Seconds, millicores and bytes of one of what the file says. */
interface Units {
  readonly second: number
  readonly milli: number
  readonly byte: number
}

const unitsOf = ({ timeUnit, cpuUnit, memoryUnit }: CsvOptions): Units => ({
  second: timeUnits[timeUnit ?? 's'],
  milli: cpuUnits[cpuUnit ?? 'cores'],
  byte: memoryUnits[memoryUnit ?? 'B'],
})

/** One record, filled anew for each line. */
const job = { id: 0.5, submitS: 0.5, runS: 0.5, estimateS: 0.5, tasks: 0.5, cpuMilli: 0.5, memoryBytes: 0.5, gpu: 0.5 }

function addJob(trace: TraceBuilder, values: Float64Array, { second, milli, byte }: Units, line: number): void {
  if (!(values[at.submitTime] >= 0)) return trace.skip('submit time unknown')
  if (!(values[at.runTime] >= 0)) return trace.skip('run time unknown')
  if (values[at.tasks] <= 0) return trace.skip('tasks unknown')
  job.id = Number.isNaN(values[at.id]) ? line - 1 : values[at.id]
  job.submitS = values[at.submitTime] * second
  job.runS = values[at.runTime] * second
  job.estimateS = (values[at.estimate] > 0 ? values[at.estimate] : values[at.runTime]) * second
  job.tasks = values[at.tasks]
  job.cpuMilli = Math.round(values[at.cpu] * milli)
  job.memoryBytes = Math.round(values[at.memory] * byte)
  job.gpu = values[at.gpu]
  trace.add(job)
}

export const csv: FormatEntry = {
  name: 'csv',
  summary: 'Comma-separated values with a header line; one job a line.',
  options: {
    columns: {
      type: 'object',
      description:
        'Name of the column for each meaning; the meaning itself where it is absent. submitTime and runTime are needed.',
      default: {},
      examples: [{ submitTime: 'arrival', runTime: 'duration', memory: 'mem' }],
      properties: Object.fromEntries(
        meanings.map(meaning => [
          meaning,
          { type: 'string', description: `Column that holds ${meaning}.`, default: meaning, examples: [meaning] },
        ]),
      ),
    },
    timeUnit: { type: 'string', description: 'Unit of the times.', enum: Object.keys(timeUnits), default: 's' },
    memoryUnit: { type: 'string', description: 'Unit of the memory.', enum: Object.keys(memoryUnits), default: 'B' },
    cpuUnit: { type: 'string', description: 'Unit of the CPU.', enum: Object.keys(cpuUnits), default: 'cores' },
    delimiter: { type: 'string', description: 'One character between the columns.', default: ',' },
    limit: limitOption,
  },
  read,
  recognises: ([header = '']) => ['submitTime', 'runTime'].every(name => header.split(',').includes(name)),
  write: trace =>
    linesOf(trace, `${meanings.join(',')}\n`, job =>
      [
        trace.id[job],
        trace.submitS[job],
        trace.runS[job],
        trace.estimateS[job],
        trace.tasks[job],
        trace.cpuMilli[job] / 1000,
        trace.memoryBytes[job],
        trace.gpu[job],
      ]
        .map(orEmpty)
        .join(','),
    ),
}
