/**
 * Dominant resource fairness: the example of Ghodsi et al. (NSDI'11, section 4.1): 9 cores and 18 GB, tasks of A ask for 1 core
 * and 4 GB, those of B for 3 cores and 1 GB: 3 and 2 tasks run, shares of 2/3 each.
 */
import { describe, expect, it } from 'vitest'
import { run, tinyModel } from '../reference/tiny-model.ts'

const job = { submitS: 0, runS: 10 }
const many = [job, job, job, job, job, job]
const requests = { a: { cpuMilli: 1000, memoryBytes: 4e9 }, b: { cpuMilli: 3000, memoryBytes: 1e9 } }
const workload = (name: 'a' | 'b', more = {}) => ({ name, request: requests[name], trace: many, ...more })
const modelOf = (world = {}, a = {}, b = {}) =>
  tinyModel({
    node: { cpuMilli: 9000, memoryBytes: 18e9 },
    workloads: [workload('a', a), workload('b', b)],
    ...world,
  })

/** Jobs of each workload that begin at once. */
function atOnce(policy: string, model = modelOf()): number[] {
  const { workload, waitTime } = run(model, policy).jobs!
  return [0, 1].map(w => Array.from(waitTime).filter((wait, i) => workload[i] === w && wait === 0).length)
}

describe('fair share', () => {
  it('three tasks of A, two of B', () => {
    expect(atOnce('fair-share')).toEqual([3, 2])
    expect(atOnce('drf')).toEqual([3, 2])
    // First come, first served: those of A, who stands first, as far as memory goes; then B does not fit in what is left.
    expect(atOnce('fcfs')).toEqual([4, 0])
  })

  it('by weight', () => {
    const tenants = [{ name: 'a', weight: 4 }]
    // A may have four times the share of B: its fourth task is before the second of B, the fifth finds no memory.
    expect(atOnce('fair-share', modelOf({ tenants }))).toEqual([4, 1])
  })

  it('workloads of one tenant share its part', () => {
    const model = tinyModel({
      nodes: 4,
      workloads: ['a', 'b', 'c'].map(name => ({ name, tenant: name === 'c' ? 'two' : 'one', trace: many })),
    })
    const { workload, waitTime } = run(model, 'fair-share').jobs!
    const first = Array.from(waitTime).map((wait, i) => (wait === 0 ? workload[i] : -1))
    expect(first.filter(w => w === 2)).toHaveLength(2)
    expect(first.filter(w => w >= 0)).toHaveLength(4)
  })
})

describe('quotas', () => {
  it('hold what would exceed them outside the queue, whatever the policy', () => {
    const tenants = [{ name: 'a', memoryBytes: 8e9 }]
    for (const policy of ['fcfs', 'easy', 'conservative', 'fair-share', 'heft', 'min-min'])
      expect(atOnce(policy, modelOf({ tenants }))).toEqual([2, 2])
  })

  it('let in what fits, in the order in which it became ready', () => {
    const trace = [
      { submitS: 0, runS: 10, request: { cpuMilli: 2000 } },
      { submitS: 1, runS: 10, request: { cpuMilli: 2000 } },
      { submitS: 2, runS: 10, request: { cpuMilli: 1000 } },
    ]
    const model = tinyModel({
      node: { cpuMilli: 9000 },
      workloads: [{ name: 'w', tenant: 't', trace }],
      tenants: [{ name: 't', cpuMilli: 3000 }],
    })
    expect([...run(model).jobs!.waitTime]).toEqual([0, 9, 0])
  })
})
