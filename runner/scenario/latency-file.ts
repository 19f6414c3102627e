/** A CSV of latencies: columns from, to, latency (milliseconds, or with a unit); `#` begins a comment line. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Diagnostic, ErrorCode } from '../errors.ts'
import { QuantityError, readDuration } from './quantities.ts'

export interface LatencyRow {
  from: string
  to: string
  latencyS: number
}

export interface LatencyFile {
  rows: LatencyRow[]
  problems: Diagnostic[]
}

/** Reads a file that exists. Problems carry their line in it; ten at most, as one wrong unit repeats on every line. */
export function readLatencyFile(file: string): LatencyFile {
  const bytes = readFileSync(file)
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  const result: LatencyFile = { rows: [], problems: [] }
  const problem = (index: number, code: ErrorCode, message: string, hint: string) =>
    result.problems.push({
      code,
      severity: 'error',
      message,
      hint,
      file,
      line: index + 1,
      column: 1,
      length: Math.max(1, lines[index].length),
      excerpt: lines.slice(Math.max(0, index - 2), index + 1),
    })
  let columns: number[] | null = null
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = line.split(',').map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
    if (columns === null) {
      columns = ['from', 'to', 'latency'].map(name => cells.indexOf(name))
      if (columns.some(column => column < 0)) {
        problem(
          index,
          'bad-trace',
          'the first line must name the columns from, to and latency',
          'Begin the file with `from,to,latency`.',
        )
        return result
      }
      continue
    }
    const [from, to, latency] = columns.map(column => cells[column] ?? '')
    try {
      result.rows.push({ from, to, latencyS: latencyOf(latency) })
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error
      problem(index, error.code, error.message, 'Write milliseconds as a number, or a duration such as 12ms.')
      if (result.problems.length === 10) return result
    }
  }
  return result
}

const latencyOf = (cell: string): number => (/^[0-9]*\.?[0-9]+$/.test(cell) ? Number(cell) / 1000 : readDuration(cell))
