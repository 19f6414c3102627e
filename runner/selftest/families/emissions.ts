import { experiment, type Family } from '../experiment.ts'
import { busyW, halfBusy, idleW } from '../half-busy.ts'
import { simulated } from '../simulated.ts'

/** Steps that a scenario would read from a file; the first is in force at the begin. */
const steps: readonly (readonly [atS: number, gramsPerKwh: number])[] = [
  [0, 360],
  [40, 720],
  [90, 0],
]

const emitted = ({ clusters }: { clusters: { emissionsG: Float64Array } }) => clusters.emissionsG[0]
const gramsPerJ = (gramsPerKwh: number) => gramsPerKwh / 3.6e6
const halfW = (idleW + busyW) / 2

export const emissions: Family = {
  name: 'Emissions',
  source: 'integral of power × carbon intensity',
  experiments: [
    experiment({
      trials: 1,
      longTrials: 1,
      prepare: simulated(halfBusy({ carbon: 360, pue: 1.2 })),
      questions: [
        {
          what: 'constant intensity, PUE 1.2',
          unit: 'g',
          test: 'each',
          expected: 1.2 * (10 * idleW + 100 * halfW) * gramsPerJ(360),
          of: emitted,
        },
      ],
    }),
    experiment({
      trials: 1,
      longTrials: 1,
      prepare: simulated(halfBusy({}), {
        adapt: model => ({
          ...model,
          carbon: {
            start: Int32Array.of(0, steps.length),
            atS: Float64Array.from(steps, ([atS]) => atS),
            gramsPerKwh: Float64Array.from(steps, ([, grams]) => grams),
          },
        }),
      }),
      questions: [
        {
          what: 'intensity in steps',
          unit: 'g',
          test: 'each',
          expected: (10 * idleW + 30 * halfW) * gramsPerJ(360) + 50 * halfW * gramsPerJ(720),
          of: emitted,
        },
      ],
    }),
  ],
}
