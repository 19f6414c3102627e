/** Reading referenced files: `.gz` and Parquet are read as they are. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { FabricdtError } from '../errors.ts'
import { isParquet, parquetToCsv } from '../formats/parquet-table.ts'

/** Parquet files as the text that a format reads: only asynchronously can they be unpacked. */
const tables = new Map<string, Uint8Array>()

/** Unpacks those files that are Parquet. Throws FabricdtError `file-unreadable` or `bad-trace`. */
export async function unpackTables(files: Iterable<string>): Promise<void> {
  for (const file of new Set(files)) {
    const bytes = readBytes(file)
    if (isParquet(bytes)) tables.set(file, await parquetToCsv(bytes, file))
  }
}

/**
 * Bytes of a file, unpacked where its name ends in `.gz`; of a Parquet file that was unpacked, its table as CSV.
 * Throws FabricdtError `file-unreadable`.
 */
export function readBytes(file: string): Uint8Array {
  const table = tables.get(file)
  if (table !== undefined) return table
  try {
    const bytes = readFileSync(file)
    return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
  } catch (cause) {
    throw new FabricdtError('file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, { cause })
  }
}

const hashes = new Map<string, string>()

/** sha256 of a file as it lies on disk, hexadecimal; read once a process, since every point of a sweep asks for it. */
export function hashFile(file: string): string {
  const known = hashes.get(file)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex')
  hashes.set(file, hash)
  return hash
}
