import { findMetric } from '../../../engine/metrics.ts'
import { mean } from '../../../engine/statistics/descriptive.ts'
import { type Interval, meanInterval } from '../../../engine/statistics/intervals.ts'
import { pairedComparison } from '../../../engine/statistics/paired.ts'
import { experiment, type Family, type Question } from '../experiment.ts'
import { meanWaitOf } from '../questions.ts'
import { simulated, simulatedPolicies } from '../simulated.ts'
import { waitByPriority, waitOfAllInOrder } from '../theory/priority.ts'
import { ordinals, twoClasses, twoClassesWorld } from '../two-classes.ts'
import { queue, work } from '../worlds.ts'

/** Replications of an interval. */
const replications = 10
/** Intervals, of the short and the long form. */
const trials = 120
const longTrials = 2000

/** What 95 % intervals are to do. */
const covers = <T>(what: string, truth: number, of: (trial: T) => Interval): Question<T> => ({
  what,
  unit: '%',
  test: 'share',
  expected: [0.93, 0.97],
  of: trial => {
    const { low, high } = of(trial)
    return low <= truth && truth <= high ? 1 : 0
  },
})

/** The replications of one trial, asked by their numbers. */
const group = <T>(run: (replication: number) => T, trial: number): T[] =>
  Array.from({ length: replications }, (_, i) => run(trial * replications + i))

const { from, to, maxJobs } = ordinals(100)
/** Short ones first; and all in order. */
const waitsByPriority = waitByPriority(twoClasses)
const waitInOrder = waitOfAllInOrder(twoClasses)

const jobs = 100
const p95 = findMetric('responseTime.p95')

/** Mean of the 95th smallest of 100 exponential times of mean 1: 1/100 + 1/99 + … + 1/6 (Rényi 1953). */
const meanOfP95 = Array.from({ length: Math.floor(0.95 * (jobs - 1)) + 1 }, (_, i) => 1 / (jobs - i)).reduce(
  (sum, part) => sum + part,
)

/** Of a queue under two policies that meet the same luck. */
const meanAndDifference = (confidence: number) =>
  experiment({
    trials,
    longTrials,
    prepare: seed => {
      const world = twoClassesWorld({ maxJobs, policies: ['fcfs', 'sjf'] })
      const run = simulatedPolicies(world, { record: { jobs: true } })(seed)
      const waits = (replication: number) =>
        run(replication).map(result => (meanWaitOf(result, 0, from, to) + meanWaitOf(result, 1, from, to)) / 2)
      return trial => group(waits, trial)
    },
    questions: [
      covers('of the mean wait of a queue', waitInOrder, (rows: number[][]) =>
        meanInterval(
          rows.map(([fcfs]) => fcfs),
          confidence,
        ),
      ),
      covers('of the paired difference of two policies', mean(waitsByPriority) - waitInOrder, (rows: number[][]) =>
        pairedComparison(
          rows.map(([, sjf]) => sjf),
          rows.map(([fcfs]) => fcfs),
          confidence,
        ),
      ),
    ],
  })

/** As many servers as jobs: none waits, so the responses are independent. */
const quantile = (confidence: number) =>
  experiment({
    trials,
    longTrials,
    prepare: seed => {
      const world = queue({ rate: 10, duration: work.exponential, maxJobs: jobs, warmup: '0s', node: { cpu: jobs } })
      const run = simulated(world)(seed)
      return trial => group(replication => p95?.of(run(replication), -1) ?? Number.NaN, trial)
    },
    questions: [
      covers('of the p95 of 100 exponential responses', meanOfP95, (values: number[]) =>
        meanInterval(values, confidence),
      ),
    ],
  })

/** Intervals made with the confidence given must hold the truth as often as 95 % intervals. */
export const coverageOf = (confidence: number): Family => ({
  name: '95 % intervals',
  source: 'that they hold the truth',
  experiments: [meanAndDifference(confidence), quantile(confidence)],
})

export const coverage: Family = coverageOf(0.95)
