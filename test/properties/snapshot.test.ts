/** A run that was kept at a random instant and goes on from there is the run that never stopped. */
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createSimulation, findPolicy, type Running, Snapshot } from '../../engine/index.ts'
import { logOf } from '../../engine/log.ts'
import { buildModel } from '../reference/build-model.ts'
import { Generator } from '../reference/generator.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { policyOf, worlds } from './worlds.ts'

const record = { jobs: true, decisions: true, events: true }

function start(seed: number): Running {
  const policy = policyOf(seed)
  const model = buildModel(randomModelSpec(seed))
  return { policy, simulation: createSimulation(model, policy.order, { replication: seed % 3, record }) }
}

/** Jobs of one to eight processors on ten, as RLScheduler runs them: its order, and who may be let past, is another. */
function startAsRlscheduler(seed: number): Running {
  const random = new Generator(seed)
  const trace = Array.from({ length: 120 }, (_, i) => {
    const runS = random.whole(1, 200)
    return { submitS: 8 * i, runS, estimateS: runS + random.whole(0, 100), request: { tasks: random.whole(1, 8) } }
  })
  const model = tinyModel({ nodes: 10, workloads: [{ name: 'w', trace }] })
  const backfill = random.pick(['none', 'easy'])
  const policy = findPolicy(random.pick(['fcfs', 'sjf', 'f1']))!.create({ backfill, reservation: 'time' })
  return {
    policy,
    simulation: createSimulation(model, policy.order, { replication: 0, compat: 'rlscheduler', record }),
  }
}

/** Keeps a run at a random decision, goes on from there twice, and with the run itself. */
function keepAndGoOn(begin: (seed: number) => Running, seed: number): void {
  const whole = begin(seed)
  const decisions = goOn(whole)
  const expected = end(whole)
  const random = new Generator(seed ^ 0x2545f491)
  const running = begin(seed)
  goOn(running, random.whole(0, decisions))
  // Every other time at the decision point itself, with the policy not yet asked.
  const asked = seed % 2 === 0 || running.simulation.advance() === 'done'
  const snapshot = new Snapshot(running)
  const first = snapshot.restore()
  for (const each of [first, running, snapshot.restore()]) {
    if (!asked) each.policy.decide(each.simulation.view)
    const ended = end(each)
    // `toEqual` goes through a million numbers one by one: it is for telling what differs.
    if (!isDeepStrictEqual(ended, expected)) expect(ended, `seed ${seed}`).toEqual(expected)
  }
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
      for (let seed = 0; seed < worlds; seed++) keepAndGoOn(start, seed)
    },
    process.env.FABRICDT_LONG === '1' ? 3_600_000 : 240_000,
  )

  // Six ways in all, so each comes some ten times.
  it('and so it is where another system is followed', () => {
    for (let seed = 0; seed < 0.4 * worlds; seed++) keepAndGoOn(startAsRlscheduler, seed)
  }, 240_000)
})
