/** A run that was kept at a random instant and goes on from there is the run that never stopped. */
import { describe, expect, it } from 'vitest'
import { createSimulation, type Running, Snapshot } from '../../engine/index.ts'
import { logOf } from '../../engine/log.ts'
import { buildModel } from '../reference/build-model.ts'
import { Generator } from '../reference/generator.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { policyOf, worlds } from './worlds.ts'

const record = { jobs: true, decisions: true, events: true }

function start(seed: number): Running {
  const policy = policyOf(seed)
  const model = buildModel(randomModelSpec(seed))
  return { policy, simulation: createSimulation(model, policy.order, { replication: seed % 3, record }) }
}

/** Goes on for so many decisions at most; how many there were. */
function goOn({ simulation, policy }: Running, decisions = Number.POSITIVE_INFINITY): number {
  let made = 0
  while (made < decisions && simulation.advance() === 'decision') {
    policy.decide(simulation.view)
    made++
  }
  return made
}

/** Everything that a run leaves behind. */
function end(running: Running) {
  goOn(running)
  return { result: running.simulation.result(), log: logOf(running.simulation.log!) }
}

describe(`in ${worlds} random worlds`, () => {
  it(
    'what was kept goes on as if nothing had been, once and again, and so does what it was kept of',
    () => {
      for (let seed = 0; seed < worlds; seed++) {
        const whole = start(seed)
        const decisions = goOn(whole)
        const expected = end(whole)
        const random = new Generator(seed ^ 0x2545f491)
        const running = start(seed)
        goOn(running, random.whole(0, decisions))
        // Every other time at the decision point itself, with the policy not yet asked.
        const asked = seed % 2 === 0 || running.simulation.advance() === 'done'
        const snapshot = new Snapshot(running)
        const first = snapshot.restore()
        for (const each of [first, running, snapshot.restore()]) {
          if (!asked) each.policy.decide(each.simulation.view)
          expect(end(each), `seed ${seed}`).toEqual(expected)
        }
      }
    },
    process.env.FABRICDT_LONG === '1' ? 3_600_000 : 240_000,
  )
})
