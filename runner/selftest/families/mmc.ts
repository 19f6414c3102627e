import { experiment, type Family } from '../experiment.ts'
import { meanResponse, meanWait, shareAbove } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { erlangC } from '../theory/erlang.ts'
import { queue, work } from '../worlds.ts'

const servers = 4
const rate = 2.4
const delayed = erlangC(servers, rate)
const wait = delayed / (servers - rate)

/** Several servers: once as nodes of one core each, once as one node of several. */
export const mmc: Family = {
  name: 'M/M/c',
  source: 'Erlang (1917), formula C',
  experiments: [
    experiment({
      trials: 60,
      prepare: simulated(queue({ rate, duration: work.exponential, maxJobs: 5000, warmup: '100s', nodes: servers })),
      questions: [
        {
          what: `jobs that wait, ${servers} nodes of 1 core`,
          unit: '%',
          test: 'mean',
          expected: delayed,
          of: ({ samples }) => shareAbove(samples.waitTime, 0),
        },
        { what: `mean wait, ${servers} nodes of 1 core`, unit: 's', test: 'mean', expected: wait, of: meanWait },
      ],
    }),
    experiment({
      trials: 50,
      prepare: simulated(
        queue({ rate, duration: work.exponential, maxJobs: 5000, warmup: '100s', node: { cpu: servers } }),
      ),
      questions: [
        {
          what: `mean response, 1 node of ${servers} cores`,
          unit: 's',
          test: 'mean',
          expected: 1 + wait,
          of: meanResponse,
        },
      ],
    }),
  ],
}
