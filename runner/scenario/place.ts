/** Where something lies in a text. */
import type { LineCounter } from 'yaml'

export interface Place {
  file: string
  /** From 1. */
  line: number
  column: number
  /** Characters to underline, at least 1. */
  length: number
  /** Up to three lines of the file, the last of which is `line`. */
  excerpt: string[]
}

/** A piece of text that nodes lie in: the file, or the value of one `--set`. */
export interface Source {
  file: string
  text: string
  lines: LineCounter
  /** Where the YAML begins in the text. */
  offset: number
}

/** Place of the characters from `begin` to `end` of the YAML of a source; of their first line if there are more. */
export function placeOf(source: Source, begin: number, end: number): Place {
  const start = Math.min(source.text.length, begin + source.offset)
  const { line, col } = source.lines.linePos(start)
  const lines = source.text.split(/\r?\n/, line + 1).slice(Math.max(0, line - 3), Math.max(1, line))
  const current = lines.at(-1) ?? ''
  const column = Math.max(1, Math.min(col, current.length + 1))
  const onThisLine = Math.max(1, Math.min(end + source.offset - start, current.trimEnd().length - column + 1))
  return { file: source.file, line: Math.max(1, line), column, length: onThisLine, excerpt: lines }
}
