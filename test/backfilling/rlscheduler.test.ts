/**
 * RLScheduler (SC'20), tables V and VI: mean bounded slowdown of ten sequences of 1,024 jobs. With its way of running
 * every printed digit is met. The ordinary semantics give other figures, for three reasons: the head is chosen anew at
 * each decision instead of staying chosen while it blocks (all the difference for SJF and F1, none for FCFS without
 * backfilling); all that ends or arrives at one instant does so before anything is decided; and who may be let past is
 * asked in the policy's order, under a reservation that is made anew when things change. WFP3 and UNICEP are published
 * with a mistake besides: of what waits, the wait is taken as −1 − submission.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { compats } from '../../engine/compat.ts'
import { EngineError, findPolicy, type Model, type Order, type Pass } from '../../engine/index.ts'
import { sharedPath } from '../shared.ts'
import { mean, sequencesOf, slowdownOf, slowdownUnder } from './sequences.ts'
import { readSwf } from './swf.ts'

const traces = {
  'Lublin-1': { file: 'lublin_256.swf.gz', nodes: 256 },
  HPC2N: { file: 'HPC2N-2002-2.2-cln.swf.gz', nodes: 240 },
} as const

/** Published; then the ordinary semantics, with backfilling by `time` (RLScheduler's rule) and by `count`. */
const tables = {
  'Lublin-1': {
    fcfs: { plain: ['7273.77', '7273.77'], easy: ['235.82', '235.55', '271.40'] },
    sjf: { plain: ['277.35', '47.16'], easy: ['73.31', '43.46', '42.08'] },
    f1: { plain: ['258.37', '34.53'], easy: ['75.07', '34.51', '35.26'] },
    wfp3: { plain: ['19753.53', '118.74'], easy: ['133.87', '91.16', '80.33'] },
    unicep: { plain: ['22274.74', '34.36'], easy: ['307.23', '58.68', '58.71'] },
  },
  HPC2N: {
    fcfs: { plain: ['297.18', '297.18'], easy: ['127.38', '129.11', '84.69'] },
    sjf: { plain: ['157.71', '117.35'], easy: ['122.04', '112.01', '59.43'] },
    f1: { plain: ['118.01', '65.63'], easy: ['71.95', '65.52', '65.56'] },
    wfp3: { plain: ['426.99', '192.59'], easy: ['97.39', '135.18', '64.85'] },
    unicep: { plain: ['609.77', '76.33'], easy: ['175.12', '69.71', '56.28'] },
  },
} as const

const folder = sharedPath('data/swf-rlscheduler')
const reference = sharedPath('data/rlscheduler-reference/rlscheduler_dev.json')
const isMissing = folder === null || reference === null

it('no other system is known', () => {
  const model = sequencesOf([], [0], 1)[0]
  expect(compats).toEqual(['rlscheduler'])
  expect(() => slowdownOf(model, 'fcfs', {}, 'unheard-of' as 'rlscheduler')).toThrow(EngineError)
})

/** The same view, but for the mistake. */
const truthful = (pass: Pass): Pass =>
  Object.create(pass, { waitedOf: { value: (stage: number) => pass.now - pass.submitTimeOf(stage) } })

describe.skipIf(isMissing)(`RLScheduler's tables${isMissing ? ' (../shared/data is absent)' : ''}`, () => {
  for (const [name, { file, nodes }] of Object.entries(traces)) {
    describe(name, () => {
      let known: Record<string, { bsld: number[] }> & { starts: number[] }
      let models: Model[] = []
      beforeAll(() => {
        known = JSON.parse(readFileSync(reference!, 'utf8')).resimulated[name]
        models = sequencesOf(readSwf(`${folder}/${file}`), known.starts, nodes)
      })
      const figure = (policy: string, options: object, compat: 'rlscheduler' | null) =>
        mean(models.map(model => slowdownOf(model, policy, options, compat))).toFixed(2)

      for (const [policy, { plain, easy }] of Object.entries(tables[name as keyof typeof tables])) {
        it(`${policy} without backfilling`, () => {
          expect([figure(policy, {}, 'rlscheduler'), figure(policy, {}, null)]).toEqual(plain)
        })

        it(`${policy} with EASY backfilling`, () => {
          const byTime = { backfill: 'easy', reservation: 'time' }
          const byCount = { backfill: 'easy', reservation: 'count' }
          expect([
            figure(policy, byTime, 'rlscheduler'),
            figure(policy, byTime, null),
            figure(policy, byCount, null),
          ]).toEqual(easy)
        })
      }

      if (name === 'Lublin-1') {
        it.each([
          ['wfp3', '337.34'],
          ['unicep', '381.71'],
        ])('%s by the time that was really waited, in all else as RLScheduler runs', (policy, slowdown) => {
          const chosen = findPolicy(policy)!.create({})
          const order: Order = { changes: true, key: (pass, stage) => chosen.order.key(truthful(pass), stage) }
          const slowdowns = models.map(model =>
            slowdownUnder(model, { order, decide: pass => chosen.decide(pass) }, 'rlscheduler'),
          )
          expect(mean(slowdowns).toFixed(2)).toBe(slowdown)
        })
      }

      it('each sequence, as it was re-simulated independently', () => {
        const slowdowns = models.map(model =>
          slowdownOf(model, 'sjf', { backfill: 'easy', reservation: 'time' }, 'rlscheduler').toFixed(4),
        )
        expect(slowdowns).toEqual(known['SJF/bf1'].bsld.map(value => value.toFixed(4)))
      })
    })
  }
})
