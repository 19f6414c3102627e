/** The engine against the reference: row by row of the event log, job by job, tally by tally, joule by joule. */
import { describe, expect, it } from 'vitest'
import { describeDisagreement, disagreement, mixedPolicy, plainPolicies } from './agreement.ts'
import { mutations } from './mutations.ts'
import { randomModelSpec } from './random-model.ts'
import { withBurstsAndUsers, withCourses } from './random-workloads.ts'
import type { PolicyChoice } from './reference.ts'

/** 1: the long form; more: so many worlds. */
const long = Number(process.env.FABRICDT_LONG ?? 0)
const worlds = long === 1 ? 10_000 : Math.max(long, 150)
const timeout = long > 0 ? 3_600_000 : 120_000

function holdAgainstReference(policyOf: (seed: number) => PolicyChoice, seeds: number, from = 0): void {
  for (let seed = from; seed < from + seeds; seed++) {
    const spec = randomModelSpec(seed)
    const policy = policyOf(seed)
    if (disagreement(spec, policy) !== null) throw new Error(describeDisagreement(`seed ${seed}`, spec, policy))
  }
}

describe('engine and reference agree in random worlds', () => {
  // Each policy has worlds of its own: what all policies share meets 24 times as many as where they had the same.
  for (const [p, policy] of plainPolicies.entries()) {
    it(
      `under ${[policy.name, ...Object.values(policy.options)].join(' ')}`,
      () => holdAgainstReference(() => policy, worlds, p * worlds),
      timeout,
    )
  }
  it.each([
    ['bursts and users in closed loops', withBurstsAndUsers],
    ['jobs whose use changes while they run', withCourses],
  ])(
    'with %s',
    (_, change) => {
      for (let seed = 0; seed < worlds; seed++) {
        const [spec, policy] = [change(randomModelSpec(seed)), mixedPolicy(seed)]
        if (disagreement(spec, policy) !== null) throw new Error(describeDisagreement(`seed ${seed}`, spec, policy))
      }
    },
    timeout,
  )

  it('under policies put together at random', () => holdAgainstReference(mixedPolicy, 4 * worlds), timeout)
})

it(
  'who is displaced, in worlds in which somebody is',
  () => {
    for (const seed of [109, 118, 164, 181, 252, 261, 315, 373]) {
      const spec = randomModelSpec(seed)
      expect(disagreement(spec, { name: 'preemptive', options: {} })).toBeNull()
      expect(disagreement(spec, { name: 'preemptive', options: { by: 'order' } })).not.toBeNull()
    }
  },
  timeout,
)

describe('the comparison notices a deliberate mistake in the reference', () => {
  const fewWorlds = 250
  const caught = (seed: number, mutation: (typeof mutations)[number]) =>
    disagreement(randomModelSpec(seed), mixedPolicy(seed), mutation) !== null
  for (const mutation of mutations) {
    it(mutation, () => {
      const seeds = Array.from({ length: fewWorlds }, (_, seed) => seed)
      expect(seeds.some(seed => caught(seed, mutation))).toBe(true)
    })
  }

  it('and says in which smallest world', () => {
    const mutation = 'start-up of the last node'
    const seed = Array.from({ length: fewWorlds }, (_, i) => i).find(i => caught(i, mutation))!
    const message = describeDisagreement(`seed ${seed}`, randomModelSpec(seed), mixedPolicy(seed), mutation)
    expect(message).toMatch(/row \d+ of the log/)
    expect(message).toMatch(/engine: .* begin job 0\/0/)
    // A gang of one job: nothing else is left of the world.
    expect(message.match(/submitS|maxJobs/g)).toHaveLength(1)
  })
})
