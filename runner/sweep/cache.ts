/**
 * Finished trials on disk: a folder for the trials of one policy at one point, by the hash of all that they depend on,
 * and in it a file for each run that added some. A run only ever appends to files of its own, so that several may run
 * at once, and one that is killed leaves at most its last record cut short. Errors are never kept.
 */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFileSync } from '../output/run-folder.ts'
import { encode, type KeptTrial, readRecords } from './record.ts'
import type { Parts } from './trial-hash.ts'

/** What the last run of a scenario rested on: to say why trials must run again. */
interface Manifest {
  parts: Parts
  policies: Record<string, string>
}

export class TrialCache {
  private readonly folder: string
  /** Name of the files that this run writes. */
  private readonly own = `${process.pid}-${Date.now().toString(36)}`
  private readonly made = new Set<string>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** All that can be read under that hash; a replication may come twice. */
  *read(hash: string): Generator<KeptTrial> {
    const folder = this.folderOf(hash)
    for (const name of filesIn(folder)) {
      try {
        yield* readRecords(join(folder, name))
      } catch {
        // What cannot be read is run again.
      }
    }
  }

  /** Throws what the file system throws: the caller decides whether a cache that cannot be written matters. */
  write(hash: string, trials: readonly KeptTrial[]): void {
    const folder = this.folderOf(hash)
    if (!this.made.has(hash)) mkdirSync(folder, { recursive: true })
    this.made.add(hash)
    appendFileSync(join(folder, this.own), Buffer.concat(trials.map(encode)))
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
    const folder = join(this.folder, 'scenarios')
    mkdirSync(folder, { recursive: true })
    replaceFileSync(join(folder, `${name}.json`), JSON.stringify(manifest))
  }

  private readManifest(name: string): Manifest | null {
    try {
      return JSON.parse(readFileSync(join(this.folder, 'scenarios', `${name}.json`), 'utf8')) as Manifest
    } catch {
      return null
    }
  }

  private folderOf(hash: string): string {
    return join(this.folder, hash.slice(0, 2), hash.slice(2))
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
