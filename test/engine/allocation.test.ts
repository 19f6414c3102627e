import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// Measured: 80 on Node 20 and 57 on Node 24, all numbers that V8 boxes (16 bytes each; with --predictable, which makes it
// the same each time, it puts fewer calls in). An object of two fields or a closure for each event would be 32 more.
const mostBytes = 88

it('allocates no object per event in the steady state, numbers that are boxed aside', () => {
  const script = fileURLToPath(new URL('allocation.mjs', import.meta.url))
  const bytes = Number(
    execFileSync(
      process.execPath,
      ['--predictable', '--min-semi-space-size=256', '--max-semi-space-size=256', script],
      {
        encoding: 'utf8',
        timeout: 60_000,
      },
    ),
  )
  expect(bytes).toBeGreaterThan(-mostBytes)
  expect(bytes).toBeLessThan(mostBytes)
})
