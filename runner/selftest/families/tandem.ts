import { experiment, type Family } from '../experiment.ts'
import { meanResponse, shareAbove } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { sharedResponse } from '../theory/single-server.ts'
import { plainCluster, poisson } from '../worlds.ts'

const [rate, firstS, secondS] = [0.5, 1, 1.2]
const native = { formats: ['native'] as ['native'] }

/** Jobs of two stages, each built for the one node of a cluster of its own. */
const clusters = [
  { name: 'c', pool: 'plain', nodes: 1, arch: 'amd64' as const, ...native },
  { name: 'd', pool: 'plain', nodes: 1, arch: 'arm64' as const, ...native },
]

/**
 * Longer than `t`, where the two responses are independent exponentials of the means a and b (Reich, Annals of
 * Mathematical Statistics 28, 1957).
 */
const longerThan = (t: number, a: number, b: number): number => (a * Math.exp(-t / a) - b * Math.exp(-t / b)) / (a - b)

const [first, second] = [sharedResponse(rate, firstS), sharedResponse(rate, secondS)]
const late = 10

export const tandem: Family = {
  name: 'Jackson tandem',
  source: 'Jackson (1957), Reich (1957)',
  experiments: [
    experiment({
      trials: 60,
      prepare: simulated({
        warmup: '300s',
        fabric: { ...plainCluster(), clusters: clusters as [(typeof clusters)[0]] },
        workloads: [
          poisson(
            'w',
            rate,
            {
              stages: [
                { id: 'first', duration: { exponential: { mean: `${firstS}s` } }, arch: ['amd64'] },
                {
                  id: 'second',
                  after: ['first'],
                  duration: { exponential: { mean: `${secondS}s` } },
                  arch: ['arm64'],
                },
              ],
            },
            { maxJobs: 4000 },
          ),
        ],
        // A stage that waits for the one server must not hold up those for the other.
        policies: [{ fcfs: { blocking: false } }],
      }),
      questions: [
        { what: 'mean response of both stages', unit: 's', test: 'mean', expected: first + second, of: meanResponse },
        {
          what: `responses above ${late} s`,
          unit: '%',
          test: 'mean',
          expected: longerThan(late, first, second),
          of: ({ samples }) => shareAbove(samples.responseTime, late),
        },
      ],
    }),
  ],
}
