import { experiment, type Family } from '../experiment.ts'
import { meanResponse } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { sharedResponse } from '../theory/single-server.ts'
import { type QueueSpec, queue, work } from '../worlds.ts'

const rate = 0.5

/** A core that all jobs are let on at once, each able to use all of it: one millicore is asked for, one core is used. */
const shared = (law: string, duration: QueueSpec['duration'], trials: number) =>
  experiment({
    trials,
    prepare: simulated(
      queue({
        rate,
        duration,
        maxJobs: 4000,
        warmup: '300s',
        node: { overcommit: 100 },
        stage: { cpu: '1m', use: 1 },
      }),
    ),
    questions: [
      { what: `mean response, ${law}`, unit: 's', test: 'mean', expected: sharedResponse(rate, 1), of: meanResponse },
    ],
  })

export const processorSharing: Family = {
  name: 'M/G/1-PS',
  source: 'Kleinrock 2 (1976): whatever the law',
  experiments: [
    shared('constant work', work.constant, 40),
    shared('exponential work', work.exponential, 50),
    shared('hyperexponential work, cv 2', work.hyperexponential, 60),
  ],
}
