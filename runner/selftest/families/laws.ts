import type { RunResult } from '../../../engine/index.ts'
import { experiment, type Family } from '../experiment.ts'
import { simulated, type World } from '../simulated.ts'
import { plainCluster, queue, work } from '../worlds.ts'

/** Everything at once: a diamond of stages, deadlines, retries, faults, nodes that fail, shadows in other zones. */
const busy: World = {
  horizon: '600s',
  fabric: {
    ...plainCluster(),
    clusters: [
      { name: 'c', pool: 'plain', nodes: 4, detection: '5s' },
      { name: 'd', pool: 'plain', nodes: 3, speed: 1.5, startup: '200ms' },
    ],
    network: { latency: '30ms' },
  },
  workloads: [
    {
      name: 'diamond',
      origin: { cluster: 'c' },
      arrivals: { rate: '0.5/s' },
      job: {
        deadline: '15s',
        onMiss: 'cancel',
        retries: 1,
        stages: [
          { id: 'in', duration: work.exponential },
          { id: 'left', after: ['in'], duration: work.hyperexponential, failureProbability: 0.1 },
          { id: 'right', after: ['in'], tasks: 2, duration: work.erlang4 },
          { id: 'out', after: ['left', 'right'], duration: '500ms' },
        ],
      },
    },
    {
      name: 'single',
      origin: { weights: { c: 1, d: 2 } },
      arrivals: { rate: '0.6/s' },
      job: { stages: [{ duration: work.exponential, failureProbability: 0.2 }] },
    },
  ],
  failures: [{ mtbf: '120s', mttr: '15s', of: 'nodes' }],
  policies: [{ resilient: { shadows: 1, only: 'all' } }],
}

/** Σ over the recorded jobs of the time from submission to the end of the service. */
function timeInSystem({ jobs }: RunResult): number {
  if (jobs === undefined) return Number.NaN
  return jobs.waitTime.reduce((sum, waitS, row) => sum + waitS + jobs.runTime[row], 0)
}

const runTime = ({ jobs }: RunResult) => jobs?.runTime.reduce((sum, runS) => sum + runS, 0) ?? Number.NaN

const ended = ({ total }: RunResult) =>
  total.completed + total.failed + total.rejected + total.cancelled + total.unfinished

/** Operational laws (Denning and Buzen 1978): they hold in every single run, to rounding. */
export const laws: Family = {
  name: 'Laws of every run',
  source: 'Little (1961), Denning and Buzen (1978)',
  experiments: [
    experiment({
      trials: 20,
      prepare: simulated(queue({ rate: 0.7, duration: work.hyperexponential, maxJobs: 1000, warmup: '0s' }), {
        record: { jobs: true },
      }),
      questions: [
        {
          what: "Little's law: ∫ jobs in system over Σ responses, a queue",
          unit: '',
          test: 'each',
          expected: 1,
          of: run => run.systemJobS / timeInSystem(run),
        },
        {
          what: 'utilisation law: ∫ busy cores over Σ run times',
          unit: '',
          test: 'each',
          expected: 1,
          of: run => run.clusters.busyCoreS[0] / runTime(run),
        },
      ],
    }),
    experiment({
      trials: 20,
      prepare: simulated(busy),
      questions: [
        {
          what: "Little's law, everything at once",
          unit: '',
          test: 'each',
          expected: 1,
          of: run => run.systemJobS / run.sojournS,
        },
        {
          what: 'flow balance: jobs ended over jobs submitted',
          unit: '',
          test: 'each',
          expected: 1,
          of: run => ended(run) / run.total.submitted,
        },
      ],
    }),
  ],
}
