/** Conservative backfilling in random worlds of everything that the language has: nothing is taken that is not there. */
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import { findPolicy, type Policy, simulate } from '../../engine/index.ts'
import type { Run } from '../../engine/run.ts'
import { buildModel } from '../reference/build-model.ts'
import { Generator } from '../reference/generator.ts'
import { randomModelSpec } from '../reference/random-model.ts'

const worlds = 250

/** Looks at what is free after each decision; how many stages were placed while an earlier one went on waiting. */
function checked(policy: Policy): Policy {
  return {
    order: policy.order,
    decide(pass) {
      policy.decide(pass)
      const { capacity, future } = (pass as unknown as { run: Run }).run
      // Not an expectation for each of 100,000 decisions: making one takes longer than deciding.
      for (const { freeCpu, freeMemory, freeGpu } of [capacity, future!.capacity])
        for (const free of [freeCpu, freeMemory, freeGpu])
          if (Math.min(...free) < 0) throw new Error(`taken where nothing is: ${free}`)
    },
  }
}

// Each way has worlds of its own, so that what both share meets all of them once.
it.each([
  ['anew', 0],
  ['forward', 1],
] as const)('conservative, %s', (replan, from) => {
  for (let seed = from; seed < worlds; seed += 2) {
    const g = new Generator(seed ^ 0x51ed270b)
    const options = {
      order: g.pick(['fcfs', 'sjf', 'f1']),
      choice: g.pick(['first-fit', 'best-fit', 'least-allocated', 'round-robin', 'greedy-latency']),
      shadows: g.pick([0, 0, 1, 2]),
      only: 'all',
      mode: g.pick(['hot', 'standby']),
      backfill: 'conservative',
      replan,
    }
    const model = buildModel(randomModelSpec(seed))
    const run = () => simulate(model, checked(findPolicy('resilient')!.create(options)), { replication: 0 })
    const { total, systemJobS, sojournS } = run()
    const { submitted, completed, failed, rejected, cancelled, unfinished } = total
    expect(completed + failed + rejected + cancelled + unfinished, `seed ${seed}`).toBe(submitted)
    expect(Math.abs(systemJobS - sojournS), `seed ${seed}`).toBeLessThanOrEqual(1e-9 * (1 + sojournS))
    if (seed % 10 < 2) expect(isDeepStrictEqual(run(), run()), `seed ${seed}`).toBe(true)
  }
})
