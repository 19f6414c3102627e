/** Standard Workload Format, 18 fields a line, `;` before comments (Feitelson, Parallel Workloads Archive). */
import { FabricdtError } from '../errors.ts'
import { TraceBuilder } from './columns.ts'
import { type FormatEntry, limitOption, type TraceColumns } from './format.ts'
import { scanNumber } from './scan.ts'
import { linesOf } from './writers.ts'

const fieldCount = 18
/** Fields by their number in the standard, less one. */
const field = {
  job: 0,
  submit: 1,
  run: 3,
  allocated: 4,
  usedMemory: 6,
  requestedProcessors: 7,
  requestedTime: 8,
  requestedMemory: 9,
} as const

/** What the standard has beside those. */
const unread = [
  'wait time',
  'average CPU time',
  'status',
  'user',
  'group',
  'executable',
  'queue',
  'partition',
  'preceding job',
  'think time',
]

function read(bytes: Uint8Array, file: string, options: Readonly<Record<string, unknown>>): TraceColumns {
  const limit = (options.limit as number | undefined) ?? Number.POSITIVE_INFINITY
  const trace = new TraceBuilder()
  trace.drop(unread)
  const values = new Float64Array(fieldCount)
  const scanned = { value: 0, end: 0 }
  let line = 0
  for (let i = 0; i < bytes.length && trace.count < limit; ) {
    line++
    let filled = 0
    while (i < bytes.length && bytes[i] !== 10 && bytes[i] !== 59) {
      const byte = bytes[i]
      if (byte === 32 || byte === 9 || byte === 13) {
        i++
        continue
      }
      scanNumber(bytes, i, scanned)
      const after = bytes[scanned.end]
      const ended = after === undefined || after === 32 || after === 9 || after === 10 || after === 13
      if (Number.isNaN(scanned.value) || !ended) throw badLine(file, line, `field ${filled + 1} is not a number`)
      if (filled < fieldCount) values[filled] = scanned.value
      filled++
      i = scanned.end
    }
    while (i < bytes.length && bytes[i] !== 10) i++
    i++
    if (filled === 0) continue
    if (filled !== fieldCount) throw badLine(file, line, `${filled} fields, expected ${fieldCount}`)
    addJob(trace, values, options)
  }
  return trace.finish()
}

const badLine = (file: string, line: number, what: string): FabricdtError =>
  new FabricdtError('bad-trace', `${file}:${line}: ${what}`, {
    hint: 'An SWF line has 18 numbers; comments begin with `;`.',
  })

function addJob(trace: TraceBuilder, values: Float64Array, options: Readonly<Record<string, unknown>>): void {
  const [first, second] =
    options.processors === 'allocated'
      ? [field.allocated, field.requestedProcessors]
      : [field.requestedProcessors, field.allocated]
  const tasks = values[first] > 0 ? values[first] : values[second]
  const runS = values[field.run]
  if (runS < 0) return trace.skip('run time unknown')
  if (tasks <= 0) return trace.skip('processors unknown')
  if (values[field.submit] < 0) return trace.skip('submit time unknown')
  const kilobytes =
    options.memory === 'ignore' ? -1 : values[options.memory === 'used' ? field.usedMemory : field.requestedMemory]
  trace.add({
    id: values[field.job],
    submitS: values[field.submit],
    runS,
    estimateS: values[field.requestedTime] > 0 ? values[field.requestedTime] : runS,
    tasks,
    cpuMilli: Number.NaN,
    memoryBytes: kilobytes > 0 ? kilobytes * 1024 : Number.NaN,
    gpu: Number.NaN,
  })
}

export const swf: FormatEntry = {
  name: 'swf',
  summary: 'Standard Workload Format of the Parallel Workloads Archive; a processor is a task.',
  options: {
    processors: {
      type: 'string',
      description: 'Which field says how many tasks a job has; the other where this one is unknown.',
      enum: ['requested', 'allocated'],
      default: 'requested',
    },
    memory: {
      type: 'string',
      description: 'Which field says the memory of a task.',
      enum: ['requested', 'used', 'ignore'],
      default: 'requested',
    },
    limit: limitOption,
  },
  read,
  recognises: (lines, file) =>
    /\.swf(\.gz)?$/.test(file) ||
    lines.some(line => line.trim().split(/\s+/).length === fieldCount && !line.includes(',')),
  write: trace =>
    linesOf(trace, header(trace), job => {
      const values = Array<number>(fieldCount).fill(-1)
      values[field.job] = trace.id[job]
      values[field.submit] = trace.submitS[job]
      values[field.run] = trace.runS[job]
      values[field.allocated] = orUnknown(trace.tasks[job])
      values[field.requestedProcessors] = orUnknown(trace.tasks[job])
      values[field.requestedTime] = orUnknown(trace.estimateS[job])
      values[field.requestedMemory] = orUnknown(Math.round(trace.memoryBytes[job] / 1024))
      return values.join(' ')
    }),
  loses: ['cpuMilli', 'gpu'],
}

const orUnknown = (value: number): number => (Number.isNaN(value) ? -1 : value)

const header = ({ count }: TraceColumns): string =>
  `; Version: 2.2\n; Conversion: fabricdt-run import\n; MaxJobs: ${count}\n; MaxRecords: ${count}\n`
