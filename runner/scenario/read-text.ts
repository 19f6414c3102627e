import { readFile } from 'node:fs/promises'
import { ScenarioError } from '../errors.ts'
import { reason } from './resolve/network.ts'

/** Text of a file. Throws ScenarioError where it cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const place = { file, line: 1, column: 1, length: 1, excerpt: [] }
    const message = `cannot read ${file}: ${reason(cause)}`
    throw new ScenarioError([
      { code: 'file-unreadable', severity: 'error', message, hint: 'Give the path of a scenario file.', ...place },
    ])
  }
}
