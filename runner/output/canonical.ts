/** Hashes that do not depend on the order of keys. */
import { createHash } from 'node:crypto'

/** JSON with the keys of every object sorted; typed arrays as arrays. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) => {
    if (ArrayBuffer.isView(child)) return Array.from(child as Float64Array)
    if (child === null || typeof child !== 'object' || Array.isArray(child)) return child
    return Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
