/** What a file of code says, with the files beside it that it imports. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

/** `from './x.js'`, `import './x.js'`, `import('./x.js')`, `require('./x.js')`. What stands in a comment only adds a file. */
const relativeImport = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g

/**
 * sha256 of a file and of all that it imports by a relative path, hexadecimal; packages do not count. Throws the
 * system's error where the file cannot be read.
 */
export function contentHash(file: string): string {
  const hash = createHash('sha256')
  for (const [path, text] of [...textsOf(file)].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${relative(dirname(file), path)}\n${text.length}\n${text}\n`)
  return hash.digest('hex')
}

function textsOf(file: string): Map<string, string> {
  const texts = new Map<string, string>()
  const waiting = [file]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue
    const text = readFileSync(path, 'utf8')
    texts.set(path, text)
    for (const [, , specifier] of text.matchAll(relativeImport)) {
      const imported = resolve(dirname(path), specifier)
      if (existsSync(imported) && /\.\w+$/.test(imported)) waiting.push(imported)
    }
  }
  return texts
}
