import { basename } from 'node:path'

/** `mine.js:14:9`, where the error was thrown in that file, or just its name. */
export function placeIn(file: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const at = stack.indexOf(`${file}:`)
  const place = at < 0 ? null : /^:\d+(:\d+)?/.exec(stack.slice(at + file.length))
  return `${basename(file)}${place?.[0] ?? ''}`
}
