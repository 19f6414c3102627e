/** Power models and carbon in closed form. */
import { describe, expect, it } from 'vitest'
import { run, tinyModel } from '../reference/tiny-model.ts'

/** A node of 4 cores, 100 to 300 W, of which `cores` are in use for all 10 s. */
const watts = (power: string, cores: number, powerTable?: number[]) => {
  const node = { cpuMilli: 4000, idleW: 100, busyW: 300, power, ...(powerTable ? { powerTable } : {}) }
  const request = { cpuMilli: 1000 * cores }
  const trace = cores === 0 ? [] : [{ submitS: 0, runS: 10, request }]
  const model = tinyModel({ horizonS: 10, node, workloads: trace.length > 0 ? [{ name: 'w', trace }] : [] })
  return run(model).clusters.energyJ[0] / 10
}

describe('power models', () => {
  it.each([
    ['constant', [300, 300, 300, 300]],
    ['linear', [100, 150, 200, 300]],
    ['sqrt', [100, 200, 100 + 200 * Math.SQRT1_2, 300]],
    ['square', [100, 112.5, 150, 300]],
    ['cubic', [100, 103.125, 125, 300]],
    ['mse', [100, 100 + 200 * (0.5 - 0.25 ** 1.4), 100 + 200 * (1 - 0.5 ** 1.4), 300]],
    ['asymptotic', [0, 0.25, 0.5, 1].map(u => 100 + 100 * (1 + u - Math.exp(-u / 0.3)))],
  ])('%s', (power, expected) => {
    for (const [i, cores] of [0, 1, 2, 4].entries()) expect(watts(power, cores)).toBeCloseTo(expected[i], 9)
  })

  it('interpolated: between equally spaced loads', () => {
    const table = [90, 150, 250]
    expect([0, 1, 2, 3, 4].map(cores => watts('interpolated', cores, table))).toEqual([90, 120, 150, 200, 250])
  })

  it('what is not linear is counted node by node', () => {
    const node = { cpuMilli: 2000, idleW: 100, busyW: 300, power: 'square' }
    const trace = [0, 0].map(submitS => ({ submitS, runS: 10 }))
    const energy = (policy: string) =>
      run(tinyModel({ nodes: 2, node, workloads: [{ name: 'w', trace }] }), policy).clusters.energyJ[0]
    expect([energy('first-fit'), energy('least-allocated')]).toEqual([10 * (300 + 100), 10 * (150 + 150)])
  })
})

describe('emissions', () => {
  const carbon: [number, number][] = [
    [-50, 999],
    [0, 360],
    [40, 720],
    [90, 0],
  ]
  const world = (warmupS: number) =>
    tinyModel({
      horizonS: 100,
      warmupS,
      node: { idleW: 100, busyW: 300 },
      cluster: { carbon, pue: 1.5 },
      workloads: [{ name: 'w', trace: [{ submitS: 20, runS: 40 }] }],
    })

  it('are facility watts × intensity, exact at the steps', () => {
    // Idle to 20 s, busy to 60 s, idle again; 360 g/kWh is 1e-4 g/J.
    expect(run(world(0)).clusters.emissionsG[0]).toBeCloseTo(
      1.5 * 1e-4 * (100 * 20 + 300 * 20 + 2 * (300 * 20 + 100 * 30)),
      12,
    )
    expect(run(world(50)).clusters.emissionsG[0]).toBeCloseTo(1.5 * 1e-4 * 2 * (300 * 10 + 100 * 30), 12)
  })

  it('are not known without a series', () => {
    const { clusters } = run(tinyModel({ horizonS: 10, node: { idleW: 1 }, workloads: [] }))
    expect(clusters.emissionsG[0]).toBe(Number.NaN)
  })
})
