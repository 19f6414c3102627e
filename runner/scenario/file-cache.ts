/** Files that were read: the points of a sweep, and the clusters of a region, rest on the same ones. */
import { type RateFile, type RateKind, readRateFile } from './rate-file.ts'

export class FileCache {
  private readonly rateFiles = new Map<string, RateFile>()

  /** A file of carbon intensity or prices. Throws the system's error where it cannot be read. */
  rates(file: string, column: string, kind: RateKind): RateFile {
    const key = `${kind.name}\n${column}\n${file}`
    const known = this.rateFiles.get(key) ?? readRateFile(file, column, kind)
    this.rateFiles.set(key, known)
    return known
  }
}
