import type { Power } from '../../../schemas/scenario.generated.ts'
import { experiment, type Family } from '../experiment.ts'
import { busyW, halfBusy, idleW } from '../half-busy.ts'
import { simulated } from '../simulated.ts'
import { jobsInRoom } from '../theory/birth-death.ts'
import { poisson, queue, work } from '../worlds.ts'

const failedW = 7
const [cores, rate] = [4, 2]

const drawn = ({ clusters }: { clusters: { energyJ: Float64Array } }) => clusters.energyJ[0]

/** Joules of that node, where half the cores draw the part `share` of the way from idle to busy. */
const curve = (model: NonNullable<Power['model']>, share: number) =>
  experiment({
    trials: 1,
    longTrials: 1,
    prepare: simulated(halfBusy({ power: { model, idle: idleW, busy: busyW } })),
    questions: [
      {
        what: `∫ power, ${model}`,
        unit: 'J',
        test: 'each',
        expected: 110 * idleW + 100 * share * (busyW - idleW),
        of: drawn,
      },
    ],
  })

const failing = experiment({
  trials: 1,
  longTrials: 1,
  prepare: simulated({
    ...halfBusy({ power: { idle: idleW, busy: busyW, failed: failedW } }),
    workloads: [poisson('w', 1, { stages: [{ duration: '1s' }] }, { from: '200s' })],
    failures: [{ at: '20s', for: '30s', blackout: { cluster: 'c' } }],
  }),
  questions: [
    {
      what: '∫ power, 30 s without power supply',
      unit: 'J',
      test: 'each',
      expected: 80 * idleW + 30 * failedW,
      of: drawn,
    },
  ],
})

/** Mean watts of a curve that is not straight need the probability of each number of busy cores. */
const randomLoad = experiment({
  trials: 40,
  prepare: simulated(
    queue({
      rate,
      duration: work.exponential,
      horizon: '2100s',
      warmup: '100s',
      node: { cpu: cores, pue: 1.5, power: { model: 'cubic', idle: idleW, busy: busyW } },
    }),
  ),
  questions: [
    {
      what: 'mean watts of M/M/4 over PUE 1.5, cubic',
      unit: 'W',
      test: 'mean',
      expected: jobsInRoom(cores, 400, rate).reduce((sum, p, jobs) => {
        const u = Math.min(jobs, cores) / cores
        return sum + 1.5 * p * (idleW + (busyW - idleW) * u * u * u)
      }, 0),
      of: run => drawn(run) / (run.endS - 100),
    },
  ],
})

export const energy: Family = {
  name: 'Energy',
  source: 'integral of power, closed forms',
  experiments: [
    curve('linear', 0.5),
    curve('sqrt', Math.SQRT1_2),
    curve('square', 0.25),
    curve('cubic', 0.125),
    failing,
    randomLoad,
  ],
}
