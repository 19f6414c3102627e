/**
 * Finished trials by their hash, a file each, written aside and renamed: what is there is whole, whatever happened to
 * the run that wrote it. Errors are never kept.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { replaceFileSync } from '../output/run-folder.ts'
import type { TrialKey, TrialOutcome } from './trial.ts'
import type { Parts } from './trial-hash.ts'

/** What the last run of a scenario rested on: to say why trials must run again. */
interface Manifest {
  parts: Parts
  policies: Record<string, string>
}

export class TrialCache {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** The outcome under that hash with the key that it has now; null where there is none that can be read. */
  read(hash: string, key: TrialKey): TrialOutcome | null {
    try {
      return { ...(deserialize(readFileSync(this.fileOf(hash))) as TrialOutcome), ...key }
    } catch {
      return null
    }
  }

  /** Throws what the file system throws: the caller decides whether a cache that cannot be written matters. */
  write(hash: string, outcome: TrialOutcome): void {
    if (outcome.error !== undefined) return
    const file = this.fileOf(hash)
    const aside = `${file}.writing-${process.pid}`
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(aside, serialize(outcome))
      renameSync(aside, file)
    } catch (error) {
      rmSync(aside, { force: true })
      throw error
    }
  }

  /** What has changed since the last run of the scenario, in words; empty where nothing has, or none is known. */
  changedSince(name: string, now: Manifest): string[] {
    const last = this.readManifest(name)
    if (last === null) return []
    const parts = Object.keys(now.parts).filter(
      part => last.parts[part as keyof Parts] !== now.parts[part as keyof Parts],
    )
    const policies = Object.keys(now.policies).filter(label => last.policies[label] !== now.policies[label])
    return [...parts, ...policies.map(label => `policy ${label}`)]
  }

  remember(name: string, manifest: Manifest): void {
    const file = join(this.folder, 'scenarios', `${name}.json`)
    mkdirSync(dirname(file), { recursive: true })
    replaceFileSync(file, JSON.stringify(manifest))
  }

  private readManifest(name: string): Manifest | null {
    try {
      return JSON.parse(readFileSync(join(this.folder, 'scenarios', `${name}.json`), 'utf8')) as Manifest
    } catch {
      return null
    }
  }

  private fileOf(hash: string): string {
    return join(this.folder, hash.slice(0, 2), hash.slice(2))
  }
}
