import { experiment, type Family } from '../experiment.ts'
import { FiniteRoom } from '../finite-room.ts'
import { meanResponse } from '../questions.ts'
import { simulated } from '../simulated.ts'
import { jobsInRoom } from '../theory/birth-death.ts'
import { queue, work } from '../worlds.ts'

const [servers, room, rate] = [2, 5, 1.8]
const states = jobsInRoom(servers, room, rate)
const blocked = states[room]
const inSystem = states.reduce((sum, p, n) => sum + n * p, 0)

export const finiteRoom: Family = {
  name: `M/M/${servers}/${room}`,
  source: 'Kleinrock 1 (1975), birth and death',
  experiments: [
    experiment({
      trials: 50,
      prepare: simulated(queue({ rate, duration: work.exponential, maxJobs: 5000, warmup: '100s', nodes: servers }), {
        policy: () => new FiniteRoom(room - servers),
      }),
      questions: [
        {
          what: 'jobs turned away',
          unit: '%',
          test: 'mean',
          expected: blocked,
          of: ({ measured }) => measured.rejected / measured.submitted,
        },
        {
          what: 'mean response of the others',
          unit: 's',
          test: 'mean',
          expected: inSystem / (rate * (1 - blocked)),
          of: meanResponse,
        },
      ],
    }),
  ],
}
