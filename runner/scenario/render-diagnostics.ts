/** Diagnostics for people: place, code, message, the line with a caret under it, and how to mend it. */
import pc from 'picocolors'
import type { Diagnostic } from '../errors.ts'

export interface RenderOptions {
  colour?: boolean
}

/** Text with a frame for each diagnostic, and an empty line between two. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  { colour = pc.isColorSupported }: RenderOptions = {},
): string {
  const paint = pc.createColors(colour)
  return diagnostics.map(diagnostic => `${renderOne(diagnostic, paint)}\n`).join('\n')
}

type Paint = ReturnType<typeof pc.createColors>

function renderOne(diagnostic: Diagnostic, paint: Paint): string {
  const { file, line, column, code, message, hint, severity } = diagnostic
  const label = severity === 'error' ? paint.red(`error[${code}]`) : paint.yellow(`warning[${code}]`)
  return [
    `${paint.bold(`${file}:${line}:${column}`)}: ${label}: ${visible(message)}`,
    ...frame(diagnostic, paint),
    `  ${paint.cyan('hint:')} ${visible(hint)}`,
  ].join('\n')
}

/** Beyond this many columns the frame shows the part of the line around the caret. */
const widest = 140

function frame({ excerpt = [], line, column, length, severity }: Diagnostic, paint: Paint): string[] {
  if (excerpt.length === 0) return []
  const cut = column > widest ? column - Math.floor(widest / 2) : 1
  const gutter = (text: string) => paint.dim(`${text.padStart(String(line).length + 2)} | `)
  const shown = excerpt.map(
    (text, i) => gutter(String(line - excerpt.length + 1 + i)) + visible(text).slice(cut - 1, cut - 1 + widest),
  )
  const room = Math.max(1, Math.min(length, widest - (column - cut)))
  const caret = `${' '.repeat(column - cut)}${'^'.repeat(room)}`
  return [
    ...shown.map(text => text.trimEnd()),
    gutter('') + (severity === 'error' ? paint.red(caret) : paint.yellow(caret)),
  ]
}

/** One column for each character: tabs and control characters would move the caret. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
const visible = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, ' ')

/** Plain data for programs, without the frame. */
export const diagnosticsJson = (diagnostics: readonly Diagnostic[]): Omit<Diagnostic, 'excerpt'>[] =>
  diagnostics.map(({ excerpt: _excerpt, ...rest }) => rest)
