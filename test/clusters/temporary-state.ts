/** A state folder of the test's own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

export function useTemporaryState(): void {
  let folder = ''
  const before = process.env.FABRICDT_STATE
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fabricdt-state-'))
    process.env.FABRICDT_STATE = folder
  })
  afterEach(() => {
    if (before === undefined) delete process.env.FABRICDT_STATE
    else process.env.FABRICDT_STATE = before
    rmSync(folder, { recursive: true, force: true })
  })
}
