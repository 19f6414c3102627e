/** What the random worlds do not ask for: rejections, scores, and options left out. */
import { describe, expect, it } from 'vitest'
import { type EventLog, findPolicy, type Pass, type Policy, policies, simulate } from '../../engine/index.ts'
import { buildModel } from '../reference/build-model.ts'
import { logRows } from '../reference/compare-log.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { tinyModel } from '../reference/tiny-model.ts'

describe('reject', () => {
  /** Passes over what does not fit, and rejects it if it is one of these (by submission). */
  const impatient = (rejected: readonly number[]): Policy => ({
    order: findPolicy('fcfs')!.create({}).order,
    decide(pass) {
      for (let stage = pass.head(); stage >= 0; stage = pass.head()) {
        if (pass.place(stage, firstFit)) continue
        pass.skip()
        if (rejected.includes(pass.submitTimeOf(stage))) pass.reject(stage)
      }
    },
  })
  const firstFit = { score: Number.NaN, choose: (pass: Pass, stage: number) => pass.firstFit(stage) }
  const runWith = (submitted: number[], rejected: number[]) => {
    const trace = submitted.map(submitS => ({ submitS, runS: 5 }))
    const model = tinyModel({ horizonS: 30, workloads: [{ name: 'w', deadlineS: 100, trace }] })
    return simulate(model, impatient(rejected), { replication: 0, record: { events: true, jobs: true } })
  }
  const lines = ({ log }: { log?: EventLog }) =>
    logRows(log!).map(({ time, kind, ordinal }) => `${time} ${kind} ${ordinal}`)

  it('is logged, and its class can come again', () => {
    const result = runWith([0, 1, 2, 6], [1])
    expect(lines(result)).toEqual([
      ...['0 submit 0', '0 place 0', '0 begin 0', '1 submit 1', '1 reject 1', '2 submit 2'],
      ...['5 finish 0', '5 complete 0', '5 place 2', '5 begin 2', '6 submit 3'],
      ...['10 finish 2', '10 complete 2', '10 place 3', '10 begin 3', '15 finish 3', '15 complete 3'],
    ])
    // One for each job when it comes, and one each time that the node is free for one that waits.
    expect(result.decisionPasses).toBe(4 + 2)
  })

  it('ends the wait and the stay, and misses the deadline', () => {
    const result = runWith([0, 1, 2, 9], [1, 2])
    expect(result).toMatchObject({ waitingJobS: 0, systemJobS: 10, sojournS: 10 })
    expect(result.total).toMatchObject({ submitted: 4, completed: 2, rejected: 2, deadlines: 4, deadlineMisses: 2 })
    expect([...result.jobs!.latency]).toEqual([5, Number.NaN, Number.NaN, 5])
  })
})

describe('the score of a decision', () => {
  const clusters = [
    { name: 'a', groups: [{ nodes: 1, cpuMilli: 1000, startupS: 1 }] },
    { name: 'b', groups: [{ nodes: 1, cpuMilli: 1000, speed: 2 }] },
  ]
  const latency: [string, string, number][] = [
    ['a', 'b', 3],
    ['b', 'a', 2],
  ]
  const trace = [0, 0].map(submitS => ({ submitS, runS: 9, estimateS: 8 }))
  const model = tinyModel({ clusters, latency, workloads: [{ name: 'w', trace }] })
  const scores = (name: string) => {
    const { decisions } = simulate(model, findPolicy(name)!.create({}), { replication: 0, record: { decisions: true } })
    return [...decisions!.score]
  }

  it('is the latency that greedy-latency expects: way out + start-up + estimate / speed + way back', () => {
    expect(scores('greedy-latency')).toEqual([1 + 8, 3 + 8 / 2 + 2])
  })

  it('is none where a policy has none', () => expect(scores('best-fit')).toEqual([Number.NaN, Number.NaN]))
})

describe('options left out', () => {
  it.each(policies.map(({ name }) => name))('of %s are their documented defaults', name => {
    const { create, options } = findPolicy(name)!
    const documented = Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default]))
    for (let seed = 0; seed < 20; seed++) {
      const model = buildModel(randomModelSpec(seed))
      const record = { jobs: true, decisions: true, events: true }
      const [plain, full] = [{}, documented].map(given => simulate(model, create(given), { replication: 0, record }))
      expect(plain).toEqual(full)
    }
  })
})
