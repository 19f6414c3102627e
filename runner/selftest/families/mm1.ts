import { mean } from '../../../engine/statistics/descriptive.ts'
import { experiment, type Family } from '../experiment.ts'
import { meanResponse, meanWait, shareAbove } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { responseQuantile, sharedResponse, waitInOrder } from '../theory/single-server.ts'
import { queue, work } from '../worlds.ts'

const rate = 0.5
const late = responseQuantile(rate, 1, 0.95)

export const mm1: Family = {
  name: 'M/M/1',
  source: 'Kleinrock, Queueing Systems 1 (1975)',
  experiments: [
    experiment({
      trials: 70,
      prepare: simulated(queue({ rate, duration: work.exponential, maxJobs: 5000, warmup: '200s' })),
      questions: [
        { what: 'mean wait', unit: 's', test: 'mean', expected: waitInOrder(rate, 1, 1), of: meanWait },
        { what: 'mean response', unit: 's', test: 'mean', expected: sharedResponse(rate, 1), of: meanResponse },
        {
          what: `responses above the p95 of their law, ${late.toFixed(3)} s`,
          unit: '%',
          test: 'mean',
          expected: 0.05,
          of: ({ samples }) => shareAbove(samples.responseTime, late),
        },
        {
          what: 'jobs that wait',
          unit: '%',
          test: 'mean',
          expected: rate,
          of: ({ samples }) => shareAbove(samples.waitTime, 0),
        },
      ],
    }),
    experiment({
      trials: 30,
      prepare: simulated(queue({ rate, duration: work.exponential, horizon: '4200s', warmup: '200s' })),
      questions: [
        {
          what: 'utilisation',
          unit: '%',
          test: 'mean',
          expected: rate,
          of: ({ clusters }) => clusters.busyCoreS[0] / clusters.upCoreS[0],
        },
        {
          what: 'jobs waiting, over time',
          unit: 'jobs',
          test: 'mean',
          expected: (rate * rate) / (1 - rate),
          // Of equal bins, from when the queue has settled.
          of: ({ series }) => mean(series.waiting.slice(Math.ceil(200 / series.widthS))),
        },
      ],
    }),
  ],
}
