/** What other ways to run than native cost where a scenario says no other: measured, see deploy/worker/measure. */

/** Run time over that of native code, the geometric mean of the worker's kernels, as in deploy/worker/factors.json. */
export const modeFactors = {
  wasm: {
    value: 1.21,
    source: 'measured with wasmtime 49.0.3 on amd64, 2026-11-25, four kernels in Go from 1.01 to 2.08',
  },
  emulated: {
    value: 2.35,
    source: 'measured with QEMU 7.2.22 on amd64 for arm64, 2026-11-25, four kernels in Go from 1.03 to 6.97',
  },
} as const
