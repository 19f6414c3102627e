/** Files that were read: the points of a sweep, and the clusters of a region, rest on the same ones. */
import { type CarbonFile, readCarbonFile } from './carbon-file.ts'

export class FileCache {
  private readonly carbonFiles = new Map<string, CarbonFile>()

  /** A file of carbon intensity. Throws the system's error where it cannot be read. */
  carbon(file: string, column: string): CarbonFile {
    const key = `${column}\n${file}`
    const known = this.carbonFiles.get(key) ?? readCarbonFile(file, column)
    this.carbonFiles.set(key, known)
    return known
  }
}
