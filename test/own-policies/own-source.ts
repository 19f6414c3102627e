/** Files of policies, made of a body each, in a folder of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

export interface Source {
  choose?: string
  decide?: string
  create?: string
  key?: string
  options?: string
}

/** One that works, unless it is told otherwise. */
export const sourceOf = (name: string, source: Source = {}): string => `
const choice = {
  score: Number.NaN,
  choose(pass, stage) { ${source.choose ?? 'return pass.leastAllocated(stage)'} },
}
export default {
  name: '${name}',
  summary: 'Onto the node with the most free cores.',
  options: { ${source.options ?? "blocking: { type: 'boolean', default: false, description: 'Whether the head blocks.' }"} },
  create({ blocking }) {
    ${source.create ?? ''}
    return {
      order: { key(pass, stage) { ${source.key ?? 'return pass.submitTimeOf(stage)'} } },
      decide(pass) { ${
        source.decide ??
        'for (let stage = pass.head(); stage >= 0; stage = pass.head()) if (!pass.place(stage, choice)) { if (blocking) return pass.hold(); pass.skip() }'
      } },
    }
  },
}
`

export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'fabricdt-own-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    folder,
    /** Writes a file and gives its path; what is loaded once is not read again, so names must differ. */
    write(name: string, text: string): string {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      return file
    },
  }
}
