/** Little's law on each single run, whatever happens in it: ∫ jobs in the system dt = Σ time spent there. */
import { describe, expect, it } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { mixedPolicy } from '../reference/agreement.ts'
import { buildModel } from '../reference/build-model.ts'
import { randomModelSpec } from '../reference/random-model.ts'

describe("Little's law", () => {
  it('holds in each of 200 random worlds, and jobs are conserved', () => {
    for (let seed = 100_000; seed < 100_200; seed++) {
      const { name, options } = mixedPolicy(seed)
      const result = simulate(buildModel(randomModelSpec(seed)), findPolicy(name)!.create(options), { replication: 0 })
      const { systemJobS, sojournS, waitingJobS, total } = result
      const slack = 1e-9 * Math.max(1, sojournS)
      expect(Math.abs(systemJobS - sojournS), `seed ${seed}`).toBeLessThanOrEqual(slack)
      expect(waitingJobS, `seed ${seed}`).toBeLessThanOrEqual(systemJobS + slack)
      const ended = total.completed + total.failed + total.rejected + total.cancelled + total.unfinished
      expect(ended, `seed ${seed}`).toBe(total.submitted)
    }
  })
})
