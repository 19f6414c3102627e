/** Memory follows what is alive: the slots of what has left are used again, whatever way it went. */
import { describe, expect, it } from 'vitest'
import { findPolicy, type Model, Simulation } from '../../engine/index.ts'
import { tinyModel } from '../reference/tiny-model.ts'

/** Slots that a run ever used; the log cannot show a leak, so this looks inside. */
function slotsUsed(model: Model, name: string, options = {}): number {
  const policy = findPolicy(name)!.create(options)
  const simulation = new Simulation(model, policy.order, { replication: 0 })
  while (simulation.advance() === 'decision') policy.decide(simulation.view)
  expect(simulation.result().total.completed).toBeGreaterThan(1500)
  return (simulation as unknown as { run: { arena: { high: number } } }).run.arena.high
}

const jobs = 2000
const zones = ['a', 'b', 'c'].map(name => ({ name, groups: [{ nodes: 4, cpuMilli: 1000 }] }))
const trace = Array.from({ length: jobs }, (_, i) => ({ submitS: 2 * i, runS: 1 }))
/** Each of these is alone in the world for its second. */
const shadowed = { policy: 'resilient', options: { shadows: 2, only: 'all' } }

describe('slots are used again', () => {
  it('by jobs one after another', () => {
    expect(slotsUsed(tinyModel({ workloads: [{ name: 'w', trace }] }), 'fcfs')).toBe(1)
  })

  it('and jobs that wait far behind the first have none', () => {
    const atOnce = trace.map(job => ({ ...job, submitS: 0 }))
    expect(slotsUsed(tinyModel({ workloads: [{ name: 'w', trace: atOnce }] }), 'fcfs')).toBeLessThan(12)
  })

  it('by gangs across nodes', () => {
    const workloads = [{ name: 'w', trace, request: { cpuMilli: 1000, tasks: 4 } }]
    expect(slotsUsed(tinyModel({ clusters: zones, workloads }), 'fcfs')).toBe(4)
  })

  it('by gangs that do not fit in the cluster that is tried first', () => {
    const groups = (nodes: number, cpuMilli: number) => ({ nodes, cpuMilli })
    // Four cores in all, of which three can be used.
    const clusters = [
      { name: 'a', groups: [groups(1, 1000), groups(2, 1500)] },
      { name: 'b', groups: [groups(4, 1000)] },
    ]
    const workloads = [{ name: 'w', trace, request: { cpuMilli: 1000, tasks: 4 } }]
    expect(slotsUsed(tinyModel({ clusters, workloads }), 'fcfs')).toBeLessThanOrEqual(5)
  })

  it('by shadows that lose, and by shadows for which there is no room', () => {
    const workloads = [{ name: 'w', trace }]
    expect(slotsUsed(tinyModel({ clusters: zones, workloads }), shadowed.policy, shadowed.options)).toBe(3)
    const options = { shadows: 8, only: 'all' }
    expect(slotsUsed(tinyModel({ clusters: zones, workloads }), 'resilient', options)).toBeLessThanOrEqual(4)
  })

  it('by attempts that end faulty or are lost to failures', () => {
    const failures = Array.from({ length: 1000 }, (_, i) => ({
      atS: 4 * i + 0.5,
      forS: 0.25,
      victims: [{ cluster: 'a', node: '*' as const }],
    }))
    const workloads = [{ name: 'w', trace, retries: 3, failureProbability: 0.3 }]
    const model = tinyModel({ clusters: zones, workloads, failures })
    expect(slotsUsed(model, shadowed.policy, shadowed.options)).toBeLessThan(20)
  })
})
