/** Reading referenced files: `.gz` and Parquet are read as they are. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { FabricdtError } from '../errors.ts'
import { isParquet, parquetToCsv } from '../formats/parquet-table.ts'

/** Parquet files as the text that a format reads: only asynchronously can they be unpacked. */
const tables = new Map<string, Uint8Array>()

/** Unpacks a file if it is Parquet. Throws FabricdtError `file-unreadable` or `bad-trace`. */
export async function unpackTable(file: string): Promise<void> {
  tables.delete(file)
  if (isParquet(headOf(file))) tables.set(file, await parquetToCsv(readBytes(file), file))
}

/** The first four bytes of a file; none where it cannot be read, which is told when it is. */
function headOf(file: string): Uint8Array {
  const head = new Uint8Array(4)
  try {
    const descriptor = openSync(file, 'r')
    try {
      readSync(descriptor, head)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return new Uint8Array(0)
  }
  return head
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
