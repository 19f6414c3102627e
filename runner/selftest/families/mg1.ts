import { experiment, type Family } from '../experiment.ts'
import { meanWait } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { waitInOrder } from '../theory/single-server.ts'
import { type QueueSpec, queue, work } from '../worlds.ts'

const rate = 0.5

/** Mean wait at one server, for work of a mean of one second and coefficient of variation `cv`. */
const waits = (law: string, duration: QueueSpec['duration'], cv: number, trials: number) =>
  experiment({
    trials,
    prepare: simulated(queue({ rate, duration, maxJobs: 5000, warmup: '300s' })),
    questions: [
      { what: `mean wait, ${law}`, unit: 's', test: 'mean', expected: waitInOrder(rate, 1, cv), of: meanWait },
    ],
  })

export const md1: Family = {
  name: 'M/D/1',
  source: 'Erlang (1909)',
  experiments: [waits('constant work', work.constant, 0, 50)],
}

export const mg1: Family = {
  name: 'M/G/1',
  source: 'Pollaczek (1930), Khinchine (1932)',
  experiments: [
    waits('gamma work, cv 0.5', work.erlang4, 0.5, 50),
    waits('hyperexponential work, cv 2', work.hyperexponential, 2, 70),
  ],
}
