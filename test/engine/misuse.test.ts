import { describe, expect, it } from 'vitest'
import { EngineError, type Pass, Simulation } from '../../engine/index.ts'
import { tinyModel } from '../reference/tiny-model.ts'

const byId = { key: () => 0 }

/** A simulation that stands at its first decision, with one job waiting. */
function atDecision(): { simulation: Simulation; stage: number } {
  const model = tinyModel({ workloads: [{ name: 'w', trace: [{ submitS: 0, runS: 1 }] }] })
  const simulation = new Simulation(model, byId, { replication: 0 })
  expect(simulation.advance()).toBe('decision')
  return { simulation, stage: simulation.head() }
}

const firstFit = { score: Number.NaN, choose: (pass: Pass, stage: number) => pass.firstFit(stage) }

describe('misuse is an EngineError', () => {
  it('a result before the run is over', () => {
    expect(() => atDecision().simulation.result()).toThrow(EngineError)
  })

  it('placing a stage twice, shadowing one that is not placed', () => {
    const { simulation, stage } = atDecision()
    expect(() => simulation.shadow(stage, firstFit)).toThrow(EngineError)
    expect(simulation.place(stage, firstFit)).toBe(true)
    expect(() => simulation.place(stage, firstFit)).toThrow(EngineError)
  })

  it.each(['deferUntil', 'preempt', 'migrate', 'power', 'scale'] as const)('%s, which no engine can do yet', answer => {
    const { simulation } = atDecision()
    expect(() => simulation[answer]()).toThrow(EngineError)
  })
})

describe('reject', () => {
  it('ends the job as rejected', () => {
    const { simulation, stage } = atDecision()
    simulation.reject(stage)
    expect(simulation.advance()).toBe('done')
    expect(simulation.result().total).toMatchObject({ submitted: 1, rejected: 1, completed: 0 })
  })
})
