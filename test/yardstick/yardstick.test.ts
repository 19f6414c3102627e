/** The six rows on which every right simulator agrees, to all printed digits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { hasProgram, sharedPath } from '../shared.ts'
import { compiler, modelOf, type Trace, TraceGenerator } from './workload-w.ts'

/** Jobs, nodes, load, seed of the generator; makespan s, mean wait s, p95 wait s, energy MJ. */
const rows = [
  {
    name: 'calm 100k/100',
    trace: [100_000, 100, 0.8, 1],
    policy: 'fcfs',
    is: ['45990.772006', '0.000000000', '0.000000', '1164.734171'],
  },
  {
    name: 'calm 1M/1k',
    trace: [1_000_000, 1000, 0.8, 1],
    policy: 'fcfs',
    is: ['46585.486181', '0.000000000', '0.000000', '11694.182618'],
  },
  {
    name: 'hot 100k/100',
    trace: [100_000, 100, 1.1, 2],
    policy: 'fcfs',
    is: ['38485.007432', '1948.115965197', '3680.531516', '1089.441610'],
  },
  {
    name: 'hot 1M/1k',
    trace: [1_000_000, 1000, 1.05, 7],
    policy: 'fcfs',
    is: ['38540.387348', '907.271450792', '1796.219744', '10885.571789'],
  },
  {
    name: 'hot 100k/100, best fit',
    trace: [100_000, 100, 1.1, 2],
    policy: 'best-fit',
    is: ['38373.170063', '1888.452200961', '3568.188861', '1088.323236'],
  },
  {
    name: 'hot 100k/100, least allocated',
    trace: [100_000, 100, 1.1, 2],
    policy: 'least-allocated',
    is: ['40049.667937', '2729.748154170', '5176.586578', '1105.088215'],
  },
] as const

const source = sharedPath('bench/trace-generator.cpp')
const missing = source === null ? '../shared/bench is absent' : hasProgram(compiler) ? null : `${compiler} is absent`

describe.skipIf(missing !== null)(`the common yardstick${missing === null ? '' : ` (${missing})`}`, () => {
  let generator: TraceGenerator
  const traces = new Map<string, Trace>()
  beforeAll(() => {
    generator = new TraceGenerator(source!)
  })
  afterAll(() => generator.remove())

  function traceOf(parameters: readonly [number, number, number, number]): Trace {
    const known = traces.get(parameters.join()) ?? generator.generate(...parameters)
    traces.set(parameters.join(), known)
    return known
  }

  for (const { name, trace, policy, is } of rows) {
    it(name, () => {
      const model = modelOf(traceOf(trace), trace[1])
      const { endS, samples, clusters } = simulate(model, findPolicy(policy)!.create({}), { replication: 0 })
      const waits = samples.waitTime
      const meanWaitS = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
      const p95WaitS = waits[Math.floor(0.95 * (waits.length - 1))]
      const energyMJ = clusters.energyJ[0] / 1e6
      expect(waits.length).toBe(trace[0])
      expect([endS.toFixed(6), meanWaitS.toFixed(9), p95WaitS.toFixed(6), energyMJ.toFixed(6)]).toEqual([...is])
    })
  }
})
