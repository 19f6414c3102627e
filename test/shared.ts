/** Data beside the checkout (`../shared`), which is not part of the project: tests that need it skip by name without. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Absolute path of a file or folder under ../shared; null where it is absent. */
export function sharedPath(path: string): string | null {
  const absolute = fileURLToPath(new URL(`../../shared/${path}`, import.meta.url))
  return existsSync(absolute) ? absolute : null
}

/** Whether a program can be run here. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
