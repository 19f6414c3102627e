/** How much longer work takes under QEMU and as WebAssembly: what was measured is what scenarios get, and can be measured again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { programPath, runProgram } from '../../runner/clusters/processes.ts'
import { modeFactors } from '../../schemas/mode-factors.ts'

interface Measurement {
  machine: string
  measured: string
  versions: Record<string, string>
  factors: { mode: string; by: string; min: number; geometricMean: number; max: number }[]
  kernels: { mode: string; by: string; kernel: string; min: number; median: number; max: number }[]
}

const worker = fileURLToPath(new URL('../../deploy/worker', import.meta.url))
const committed = JSON.parse(readFileSync(join(worker, 'factors.json'), 'utf8')) as Measurement

test.each([
  ['emulated', 'qemu-aarch64'],
  ['wasm', 'wasmtime'],
] as const)('the default factor of %s is that measured by %s, and says its spread', (mode, by) => {
  const factor = committed.factors.find(entry => entry.mode === mode && entry.by === by)!
  const medians = committed.kernels.filter(entry => entry.by === by).map(({ median }) => median)
  expect([factor.min, factor.max]).toEqual([Math.min(...medians), Math.max(...medians)])
  const { value, source } = modeFactors[mode]
  expect(value).toBe(Number(factor.geometricMean.toFixed(2)))
  for (const part of [
    committed.measured,
    committed.versions[by],
    `from ${factor.min.toFixed(2)} to ${factor.max.toFixed(2)}`,
  ])
    expect(source).toContain(part)
})

const missing = [
  ...(programPath('go') === null ? ['go'] : []),
  ...(['qemu-aarch64', 'qemu-aarch64-static'].some(name => programPath(name) !== null) ? [] : ['qemu-user-static']),
  ...(process.arch === 'x64' ? [] : ['a processor of amd64']),
]
const why = missing.length === 0 ? null : `measured again: ${missing.join(', ')} not on this machine`

test.skipIf(why !== null)(
  why ?? 'measured again: all ways come to the same, and QEMU takes longer',
  { timeout: 400_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fabricdt-measure-'))
    try {
      await runProgram('sh', [join(worker, 'build.sh'), folder], { timeoutMs: 200_000 })
      const go = ['run', '-C', join(worker, 'measure'), '.', '--workers', folder, '--rounds', '1', '--seconds', '0.3']
      const { factors, kernels } = JSON.parse(await runProgram('go', go, { timeoutMs: 200_000 })) as Measurement
      const emulated = factors.find(({ mode }) => mode === 'emulated')!
      expect(emulated.geometricMean).toBeGreaterThan(1)
      expect(emulated.max).toBeGreaterThan(2)
      expect(kernels.filter(({ by }) => by === 'wazero').map(({ kernel }) => kernel)).toEqual(
        committed.kernels.filter(({ by }) => by === 'wazero').map(({ kernel }) => kernel),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
