/** What resolving and checking share: the file without what is wrong in its form, and where problems go. */

import { existsSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import type { Path, ScenarioDocument } from './document.ts'
import type { FileCache } from './file-cache.ts'
import { findNames, type Names } from './names.ts'
import { type Problems, pathText } from './problems.ts'
import { type NumberName, QuantityError, quantities } from './quantities.ts'
import { at, type SpecView, type View } from './view.ts'

export interface UsedFile {
  path: string
  role: 'latency' | 'carbon' | 'price' | 'calibration' | 'policy'
}

export class Context {
  readonly document: ScenarioDocument
  /** The file as it stands, wrong or not. */
  readonly raw: unknown
  readonly view: SpecView
  readonly metadata: NonNullable<View['metadata']>
  readonly problems: Problems
  readonly names: Names
  /** Folder that paths in the file are relative to. */
  readonly folder: string
  readonly files: FileCache
  /** Files that were read, beside traces. */
  readonly usedFiles: UsedFile[] = []

  constructor(
    document: ScenarioDocument,
    raw: unknown,
    view: SpecView,
    metadata: NonNullable<View['metadata']>,
    problems: Problems,
    folder: string,
    files: FileCache,
  ) {
    this.document = document
    this.raw = raw
    this.view = view
    this.metadata = metadata
    this.problems = problems
    this.folder = folder
    this.files = files
    this.names = findNames(raw)
  }

  /** Reads a quantity; undefined where there is none or where it cannot be read, which is reported. */
  read(name: NumberName, value: unknown, path: Path): number | undefined {
    if (value === undefined) return undefined
    try {
      return quantities[name](value)
    } catch (error) {
      this.refuse(error, path)
      return undefined
    }
  }

  /** What the file says, or the default where it says nothing; undefined where it says something wrong. */
  orDefault<T, D>(value: T | undefined, path: Path, otherwise: D): T | D | undefined {
    return value ?? (this.says(path) ? undefined : otherwise)
  }

  /** Reports a QuantityError at a path; anything else is a bug and thrown on. */
  refuse(error: unknown, path: Path): void {
    if (!(error instanceof QuantityError)) throw error
    this.problems.add(error.code, path, `${pathText(path)}: ${error.message}`, { hint: error.hint })
  }

  /** Whether the file says something at the path, right or wrong: then its absence is no further problem. */
  says(path: Path): boolean {
    return at(this.raw, path) !== undefined
  }

  /** The mapping at a path as the file says it; empty where there is none. */
  rawMapping(path: Path): Readonly<Record<string, unknown>> {
    const value = at(this.raw, path)
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
  }

  /** Notes that the scenario rests on a file. */
  uses(path: string, role: UsedFile['role']): void {
    if (!this.usedFiles.some(file => file.path === path)) this.usedFiles.push({ path, role })
  }

  /** Absolute path of a referenced file: `--set` may also name it relative to the current folder. */
  resolveFile(file: string, path: Path): string {
    if (this.document.isGrafted(path) && existsSync(file)) return resolvePath(file)
    return resolvePath(this.folder, file)
  }
}
