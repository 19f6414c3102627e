/** Hashes that do not depend on the order of keys. */
import { createHash } from 'node:crypto'

/** JSON with the keys of every object sorted; typed arrays as arrays. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value))

/** A copy: a replacer would be called for every number, of which there are many. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.some(child => typeof child === 'object') ? value.map(sorted) : value
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array)
  const fields = value as Record<string, unknown>
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map(key => [key, sorted(fields[key])]),
  )
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
