import { experiment, type Family } from '../experiment.ts'
import { meanWaitOf } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { waitByPriority } from '../theory/priority.ts'
import { ordinals, twoClasses, twoClassesWorld } from '../two-classes.ts'

const { from, to, maxJobs } = ordinals(2000)
const [short, long] = twoClasses
const [waitOfShort, waitOfLongAfter] = waitByPriority([short, long])
const [waitOfLong, waitOfShortAfter] = waitByPriority([long, short])

const record = { jobs: true }

/** Short jobs first because a policy knows their estimate; long ones first because their workload has priority. */
export const priorities: Family = {
  name: 'M/G/1, two classes',
  source: 'Cobham (1954)',
  experiments: [
    experiment({
      trials: 40,
      prepare: simulated(twoClassesWorld({ maxJobs, policies: ['sjf'] }), { record }),
      questions: [
        {
          what: 'wait of short jobs, shortest first',
          unit: 's',
          test: 'mean',
          expected: waitOfShort,
          of: run => meanWaitOf(run, 1, from, to),
        },
        {
          what: 'wait of long jobs, shortest first',
          unit: 's',
          test: 'mean',
          expected: waitOfLongAfter,
          of: run => meanWaitOf(run, 0, from, to),
        },
      ],
    }),
    experiment({
      trials: 40,
      prepare: simulated(twoClassesWorld({ maxJobs, policies: ['fcfs'], longPriority: 1 }), { record }),
      questions: [
        {
          what: 'wait of long jobs, by priority',
          unit: 's',
          test: 'mean',
          expected: waitOfLong,
          of: run => meanWaitOf(run, 0, from, to),
        },
        {
          what: 'wait of short jobs, by priority',
          unit: 's',
          test: 'mean',
          expected: waitOfShortAfter,
          of: run => meanWaitOf(run, 1, from, to),
        },
      ],
    }),
  ],
}
