/** EASY backfilling against its slow twin, in random worlds of everything that the language has. */
import { describe, expect, it } from 'vitest'
import { findPolicy, type ReservationKind, simulate } from '../../engine/index.ts'
import { choices } from '../../engine/policies/choices/index.ts'
import { orders } from '../../engine/policies/orders/index.ts'
import { withShadows } from '../../engine/policies/wrappers/shadows.ts'
import { buildModel } from '../reference/build-model.ts'
import { logRows } from '../reference/compare-log.ts'
import { Generator } from '../reference/generator.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { SlowEasy, type SlowParts } from './slow-easy.ts'

const long = Number(process.env.FABRICDT_LONG ?? 0)
const worlds = long === 1 ? 5000 : Math.max(long, 250)

/** Both logs of one world, and how often a stage went before another that had come before it. */
function logsOf(seed: number, kind: ReservationKind) {
  const g = new Generator(seed ^ 0x2545f491)
  const parts = {
    order: g.pick(['fcfs', 'sjf', 'f1']),
    choice: g.pick(['first-fit', 'best-fit', 'least-allocated', 'round-robin', 'greedy-latency']),
  }
  const shadows = { shadows: g.pick([0, 0, 1, 2]), only: 'all', mode: g.pick(['hot', 'standby']) }
  const model = buildModel(randomModelSpec(seed))
  const options = { replication: 0, record: { events: true } }
  const fast = findPolicy('resilient')!.create({ ...parts, ...shadows, backfill: 'easy', reservation: kind })
  const choice = choices[parts.choice]()
  const after = withShadows(shadows)
  const placed: SlowParts['placed'] = (pass, stage) => after(pass, stage, choice)
  const slow = new SlowEasy({ order: orders[parts.order], choice, kind, placed })
  return [fast, slow].map(policy => logRows(simulate(model, policy, options).log!))
}

describe.each(['count', 'time', 'hosts'] as const)('reservation %s', kind => {
  it(
    'the same as slowly',
    () => {
      for (let seed = 0; seed < worlds; seed++) {
        const [fast, slow] = logsOf(seed, kind)
        expect(fast, `seed ${seed}`).toEqual(slow)
      }
    },
    long > 0 ? 3_600_000 : 120_000,
  )
})
