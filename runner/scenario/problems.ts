/** Gathers the problems of one scenario; each place is told once about each kind of trouble. */
import { type Diagnostic, type ErrorCode, errors } from '../errors.ts'
import type { Path, ScenarioDocument } from './document.ts'

export interface Details {
  hint?: string
  /** Underline the key instead of the value. */
  key?: boolean
  severity?: 'error' | 'warning'
}

export class Problems {
  private readonly document: ScenarioDocument
  private readonly found = new Map<string, Diagnostic>()

  constructor(document: ScenarioDocument) {
    this.document = document
  }

  add(code: ErrorCode, path: Path, message: string, details: Details = {}): void {
    this.put({
      code,
      severity: details.severity ?? 'error',
      message,
      hint: details.hint ?? errors[code].hint,
      ...this.document.locate(path, details.key === true),
    })
  }

  /** Adds one that lies elsewhere, such as in a file of latencies. */
  put(diagnostic: Diagnostic): void {
    const hint = diagnostic.hint === '' ? errors[diagnostic.code].hint : diagnostic.hint
    const key = `${diagnostic.file}:${diagnostic.line}:${diagnostic.column}:${diagnostic.code}:${diagnostic.message}`
    if (!this.found.has(key)) this.found.set(key, { ...diagnostic, hint })
  }

  /** In the order of the file; what `--set` did comes last, then other files. */
  sorted(severity: Diagnostic['severity']): Diagnostic[] {
    const main = this.document.file
    const rank = (file: string) => (file === main ? 0 : 1)
    return [...this.found.values()]
      .filter(diagnostic => diagnostic.severity === severity)
      .sort((a, b) => rank(a.file) - rank(b.file) || compare(a.file, b.file) || a.line - b.line || a.column - b.column)
  }

  /** Errors, then warnings. */
  get all(): Diagnostic[] {
    return [...this.sorted('error'), ...this.sorted('warning')]
  }

  /** Each by a key that tells it from the others. */
  get entries(): Iterable<[string, Diagnostic]> {
    return this.found
  }

  has(...codes: readonly ErrorCode[]): boolean {
    return [...this.found.values()].some(({ code }) => codes.includes(code))
  }

  get hasErrors(): boolean {
    return [...this.found.values()].some(({ severity }) => severity === 'error')
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A path as a person writes it: `spec.fabric.clusters[0].nodes`. */
export const pathText = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
