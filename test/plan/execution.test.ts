/** Executing a plan: its states, what is kept of it, and what happens when it is deleted or the planner stops. */
import { describe, expect, it } from 'vitest'
import type { Executed, Executor } from '../../runner/plan/execution.ts'
import type { Verification } from '../../runner/verify/verification.ts'
import { Bench, issueRequest, zoneBlackout } from './fixtures.ts'

const scenario = await zoneBlackout()
const verification: Verification = {
  provider: 'kwok',
  tolerance: { latency: 0.1, energy: 0.2, emissions: 0.2, cpu: 0.1, placement: 0.1, recovery: 0.25 },
  derived: [],
  verdict: 'pass',
  policies: [],
  ranks: [],
}

/** Ends when it is told to, or called off. */
class Fake implements Executor {
  end!: (executed: Executed) => void
  calledOff: unknown = null

  run(_plan: unknown, _nowS: number, signal: AbortSignal): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.end = resolve
      signal.addEventListener('abort', () => {
        this.calledOff = signal.reason
        reject(signal.reason as Error)
      })
    })
  }
}

const settled = () => new Promise(resolve => setTimeout(resolve, 50))

async function executing() {
  const executor = new Fake()
  const bench = new Bench(scenario, executor)
  const { id } = await bench.planner.plan(issueRequest())
  bench.planner.settle()
  const begun = await bench.planner.execute(id)
  await settled()
  return { executor, bench, planner: bench.planner, id, begun }
}

describe('a plan that is executed', () => {
  it('runs, and is compared when it is over', async () => {
    const { executor, planner, id, begun } = await executing()
    expect(begun).toMatchObject({ status: 'executing', execution: { ended_at: null, latency_ms: null } })
    expect(planner.holds.active).toBe(0)
    expect(planner.verify(id)).toMatchObject({ verdict: 'inconclusive', reasons: ['The job is still running.'] })
    await expect(planner.execute(id)).rejects.toThrow('runs or ran already')
    executor.end({ completed: true, latencyMs: 3100, verification })
    await settled()
    expect(planner.get(id)).toMatchObject({ status: 'completed', execution: { latency_ms: 3100, error: null } })
    const { latency_ms, verdict } = planner.verify(id)
    expect(verdict).toBe('pass')
    expect(latency_ms).toMatchObject({ observed: 3100, within: false })
    expect(latency_ms.error).toBeCloseTo((3002 - 3100) / 3100, 12)
    expect(planner.get(id)).not.toHaveProperty('verification')
    await expect(planner.execute(id)).rejects.toThrow('runs or ran already')
  })

  it('has failed where its job did', async () => {
    const { executor, planner, id } = await executing()
    executor.end({ completed: false, latencyMs: null, verification: { ...verification, verdict: 'inconclusive' } })
    await settled()
    expect(planner.verify(id)).toMatchObject({ status: 'failed', verdict: 'fail' })
  })

  it('is called off when it is deleted, and is gone then', async () => {
    const { executor, planner, id } = await executing()
    await planner.remove(id)
    expect(executor.calledOff).toEqual(new Error('the plan was deleted'))
    expect(() => planner.get(id)).toThrow('there is no plan')
  })

  it('is called off when the planner stops', async () => {
    const { executor, planner, id } = await executing()
    await planner.executions.endAll('the planner was stopped')
    expect(executor.calledOff).toEqual(new Error('the planner was stopped'))
    expect(planner.get(id)).toMatchObject({ status: 'failed', execution: { error: 'the planner was stopped' } })
  })

  it('has failed where the planner died', async () => {
    const { bench, id } = await executing()
    await bench.restart()
    await bench.planner.executions.closeInterrupted()
    expect(bench.planner.get(id)).toMatchObject({
      status: 'failed',
      execution: { error: 'the planner ended while it ran' },
    })
  })
})
