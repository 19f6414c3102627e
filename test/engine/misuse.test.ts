import { describe, expect, it } from 'vitest'
import { EngineError, type Pass, Simulation } from '../../engine/index.ts'
import { tinyModel } from '../reference/tiny-model.ts'

const byId = { key: () => 0 }

/** A simulation that stands at its first decision, with one job waiting. */
function atDecision(): { simulation: Simulation; stage: number } {
  const model = tinyModel({ workloads: [{ name: 'w', trace: [{ submitS: 0, runS: 1 }] }] })
  const simulation = new Simulation(model, byId, { replication: 0 })
  expect(simulation.advance()).toBe('decision')
  return { simulation, stage: simulation.view.head() }
}

const firstFit = { score: Number.NaN, choose: (pass: Pass, stage: number) => pass.firstFit(stage) }

describe('misuse is an EngineError', () => {
  it('a result before the run is over', () => {
    expect(() => atDecision().simulation.result()).toThrow(EngineError)
  })

  it('placing a stage twice, shadowing one that is not placed', () => {
    const { simulation, stage } = atDecision()
    expect(() => simulation.view.shadow(stage, firstFit)).toThrow(EngineError)
    expect(simulation.view.place(stage, firstFit)).toBe(true)
    expect(() => simulation.view.place(stage, firstFit)).toThrow(EngineError)
  })

  it('putting off until a time that is over, suspending what is not placed or keeps nothing', () => {
    const { simulation, stage } = atDecision()
    expect(() => simulation.view.deferUntil(stage, 0)).toThrow(EngineError)
    expect(() => simulation.view.suspendAt(stage, 9)).toThrow(EngineError)
    expect(simulation.view.place(stage, firstFit)).toBe(true)
    expect(() => simulation.view.deferUntil(stage, 9)).toThrow(EngineError)
    expect(() => simulation.view.suspendAt(stage, 9)).toThrow(EngineError)
  })

  it('preempting what is not placed', () => {
    const { simulation, stage } = atDecision()
    expect(() => simulation.view.preempt(stage, 0)).toThrow(EngineError)
  })

  const answers: [string, (pass: Pass, stage: number) => void][] = [
    ['migrate', (pass, stage) => pass.migrate(stage, firstFit)],
    ['power', pass => pass.power(0, false)],
    ['scale', pass => pass.scale(0, 2)],
  ]
  it.each(answers)('%s, which no engine can do yet', (_, answer) => {
    const { simulation, stage } = atDecision()
    expect(() => answer(simulation.view, stage)).toThrow(EngineError)
  })
})

describe('reject', () => {
  it('ends the job as rejected', () => {
    const { simulation, stage } = atDecision()
    simulation.view.reject(stage)
    expect(simulation.advance()).toBe('done')
    expect(simulation.result().total).toMatchObject({ submitted: 1, rejected: 1, completed: 0 })
  })

  it('takes the other stages of the job along, those that run too', () => {
    const stages = Array.from({ length: 3 }, () => ({ work: { kind: 'constant', a: 5 } }))
    const model = tinyModel({ nodes: 2, workloads: [{ name: 'w', poisson: { ratePerS: 1, maxJobs: 1 }, stages }] })
    const simulation = new Simulation(model, byId, { replication: 0 })
    expect(simulation.advance()).toBe('decision')
    const { view } = simulation
    expect(view.place(view.head(), firstFit)).toBe(true)
    view.reject(view.head())
    expect(view.head()).toBe(-1)
    expect(simulation.advance()).toBe('done')
    const { total, clusters, waitingJobS } = simulation.result()
    expect(total).toMatchObject({ submitted: 1, rejected: 1, unfinished: 0 })
    expect([clusters.busyCoreS[0], waitingJobS]).toEqual([0, 0])
  })
})
