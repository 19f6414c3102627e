import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// Measured: 25. A drawn number or a policy's key that V8 boxes is 16 bytes, and a job has two events; an object of two
// fields or a closure for each event would be 32 more.
const mostBytes = 32

it('allocates no object per event in the steady state', () => {
  const script = fileURLToPath(new URL('allocation.mjs', import.meta.url))
  const bytes = Number(
    execFileSync(process.execPath, ['--min-semi-space-size=256', '--max-semi-space-size=256', script], {
      encoding: 'utf8',
      timeout: 60_000,
    }),
  )
  expect(bytes).toBeGreaterThan(-mostBytes)
  expect(bytes).toBeLessThan(mostBytes)
})
