import type { Failure } from '../../../schemas/scenario.generated.ts'
import { experiment, type Family } from '../experiment.ts'
import { simulated, type World } from '../simulated.ts'
import { atLeast, upShare } from '../theory/availability.ts'
import { plainCluster, poisson } from '../worlds.ts'

const [upS, downS] = [90, 10]
const up = upShare(upS, downS)
const [needed, nodes] = [3, 4]

/**
 * Jobs of no length that need `needed` nodes at once, one task on each, look at the fabric at random: those that must wait
 * found too few nodes up (Wolff, "Poisson arrivals see time averages", 1982).
 */
const probed = (failure: Failure): World => ({
  horizon: '4200s',
  warmup: '200s',
  fabric: plainCluster(nodes),
  workloads: [poisson('probe', 1, { stages: [{ tasks: needed, duration: '0s' }] })],
  failures: [failure],
})

const upOverTime = ({ clusters }: { clusters: { upCoreS: Float64Array; capacityCoreS: Float64Array } }) =>
  clusters.upCoreS[0] / clusters.capacityCoreS[0]

export const availability: Family = {
  name: 'Availability',
  source: 'renewal theory; Wolff (1982)',
  experiments: [
    experiment({
      trials: 50,
      prepare: simulated(probed({ mtbf: `${upS}s`, mttr: `${downS}s`, of: 'nodes' })),
      questions: [
        { what: 'a node, exponential times', unit: '%', test: 'mean', expected: up, of: upOverTime },
        {
          what: `${needed} of ${nodes} nodes at once`,
          unit: '%',
          test: 'mean',
          expected: atLeast(needed, nodes, up),
          of: ({ samples }) => {
            // Sorted: those that did not wait come first.
            const waited = samples.waitTime.findIndex(wait => wait > 0)
            return waited < 0 ? 1 : waited / samples.waitTime.length
          },
        },
      ],
    }),
    experiment({
      trials: 50,
      prepare: simulated({
        ...probed({ mtbf: { gamma: { mean: `${upS}s`, cv: 0.5 } }, mttr: { lognormal: { mean: `${downS}s`, cv: 1 } } }),
        workloads: [poisson('probe', 0.01, { stages: [{ duration: '0s' }] })],
      }),
      questions: [
        { what: 'a node, gamma up and lognormal down', unit: '%', test: 'mean', expected: up, of: upOverTime },
      ],
    }),
  ],
}
