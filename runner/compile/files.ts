/** Reading referenced files: `.gz` is read as it is. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { FabricdtError } from '../errors.ts'

/** Bytes of a file, unpacked where its name ends in `.gz`. Throws FabricdtError `file-unreadable`. */
export function readBytes(file: string): Uint8Array {
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
