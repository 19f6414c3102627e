import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { presets } from '../../runner/scenario/presets.ts'
import { parse } from './parse.ts'

const data = new URL('../../../shared/data/', import.meta.url).pathname
const isHere = existsSync(data)

const rows = (file: string): string[][] => {
  const bytes = readFileSync(`${data}${file}`)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .map(line => [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,)/g)].map(match => match[1] ?? match[2] ?? ''))
}
const rowOf = (file: string, first: string): string[] => rows(file).find(row => row[0] === first) ?? []
const powerOf = (name: string) => presets[name].pool.power ?? {}

describe('presets', () => {
  test('are the six of the design', () => {
    expect(Object.keys(presets).sort()).toEqual(['datacenter', 'edge', 'gaming', 'lab', 'mining', 'personal-area'])
  })

  test.each(Object.entries(presets))(
    '%s is complete, says its source, and can be simulated',
    (name, { pool, source }) => {
      expect(Object.keys(pool).sort()).toEqual([
        'arch',
        'cpu',
        'detection',
        'gpu',
        'memory',
        'power',
        'pue',
        'resiliency',
        'speed',
        'startup',
      ])
      expect(source).toMatch(/W idle.*assumed|assumed.*W idle/s)
      const { scenario } = parse({
        fabric: `fabric: {clusters: [{name: lab, pool: ${name}, nodes: 2}]}`,
        workloads:
          'workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s}]}}]',
      })
      expect(scenario.poolSources).toEqual({ [name]: source })
    },
  )
})

describe.skipIf(!isHere)('figures of presets are those of the data (needs ../shared/data)', () => {
  const specpower = (row: string) => {
    const found = rowOf('power-specpower/ccf_SPECpower-2026-03-09.csv.gz', row)
    return { system: found[3], busyW: Number(found[5]), idleW: Number(found[6]), cores: Number(found[7]) }
  }
  const gpuW = (name: string) => Number(rowOf('power-devices/mining_gpus.csv', name)[2])
  const cpuW = (name: string) => Number(rowOf('power-devices/codecarbon_cpu_power.csv', name)[1])
  const speechS = (device: string) =>
    Number(
      rows('edge-exec-times/raith21_execution_times.csv').find(
        row => row[0] === device && row[1].endsWith('speech-inference-tflite'),
      )?.[2],
    )
  // g4dn.xlarge of the Teads table: its T4 draws 8.1 W idle and 71.3 W busy.
  const idleShare = 8.1 / 71.3

  test('datacenter', () => {
    const { system, idleW, busyW, cores } = specpower('202')
    expect(system).toContain('R7615')
    expect(presets.datacenter.pool).toMatchObject({ cpu: cores, power: { idle: idleW, busy: busyW } })
  })

  test('edge is a fourth of the machine', () => {
    const { system, idleW, busyW, cores } = specpower('232')
    expect(system).toContain('XR4510c')
    expect(presets.edge.pool).toMatchObject({ cpu: cores / 4, power: { idle: idleW / 4, busy: busyW / 4 } })
  })

  test('lab', () => {
    const { system, idleW, busyW, cores } = specpower('289')
    expect(system).toContain('TX1310 M5')
    expect(presets.lab.pool).toMatchObject({ cpu: cores, power: { idle: idleW, busy: busyW } })
    expect(presets.lab.pool.speed).toBeCloseTo(speechS('xeoncpu') / speechS('nuc'), 2)
  })

  test('gaming', () => {
    expect(powerOf('gaming').busy).toBe(cpuW('AMD Ryzen 9 5950X') + gpuW('RTX 3080'))
    expect(powerOf('gaming').idle).toBeCloseTo(specpower('289').idleW + idleShare * gpuW('RTX 3080'), 1)
  })

  test('mining', () => {
    expect(powerOf('mining').busy).toBe(cpuW('Intel Celeron G3930') + 6 * gpuW('RTX 3060 Ti'))
    expect(powerOf('mining').idle).toBeCloseTo(specpower('289').idleW + 6 * idleShare * gpuW('RTX 3060 Ti'), 0)
  })

  test('personal-area', () => {
    const volts = 3.85
    const cores = rows('power-devices/phone_cpu_current.csv').filter(row => row[0]?.startsWith('OnePlus'))
    const highest = new Map(cores.map(row => [row[1], Number(row[2]) * Number(row[4])]))
    const milliamperes = [...highest.values()].reduce((sum, value) => sum + value, 0)
    expect(powerOf('personal-area').busy).toBeCloseTo((milliamperes * volts) / 1000, 2)
    const parts = rows('power-devices/phone_components.csv').filter(
      row => row[0]?.startsWith('OnePlus') && ['cpu.idle', 'cpu.awake', 'wifi.on'].includes(row[1]),
    )
    expect(powerOf('personal-area').idle).toBeCloseTo(
      (parts.reduce((sum, row) => sum + Number(row[2]), 0) * volts) / 1000,
      3,
    )
    expect(presets['personal-area'].pool.speed).toBeCloseTo(speechS('xeoncpu') / speechS('tx2'), 2)
  })
})
