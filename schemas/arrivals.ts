/** arrivals of spec.workloads: when jobs come that no trace says. */
import { distributionRef } from './distributions.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { quantities, ref } from './scalars.ts'

/** Fields of a process that it must have; those that it may have are in `runner/scenario/arrival-fields.ts`. */
const needs = (process: string, ...required: readonly string[]): JsonSchema => ({
  if: { properties: { process: { const: process } }, ...(process === 'poisson' ? {} : { required: ['process'] }) },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required },
})

export const arrivals: JsonSchema = {
  title: 'Arrivals',
  description: 'Arrivals by a process. Absent: `trace` says them.',
  examples: [
    { process: 'poisson', rate: '5/s' },
    { process: 'deterministic', interval: '10s' },
    { process: 'diurnal', rate: '5/s', amplitude: 0.8, peak: '20h' },
  ],
  ...mapping({
    process: {
      type: 'string',
      enum: ['poisson', 'deterministic', 'renewal', 'diurnal'],
      description:
        'poisson: at random with a `rate`; deterministic: one each `interval`; renewal: one after another with an `interval` drawn from a distribution; diurnal: at random with a rate that swings around `rate` over the day.',
      default: 'poisson',
      examples: ['diurnal'],
    },
    rate: {
      ...ref('rate'),
      description: 'Mean number of jobs in a time, of poisson and diurnal. Absent: `interval` says it.',
      examples: ['5/s', '30/min', '2k/h'],
    },
    interval: {
      anyOf: [quantities.positiveDuration, distributionRef],
      description: 'Time between two jobs, of deterministic and renewal. Absent: `rate` says it.',
      examples: ['10s', { gamma: { mean: '10s', cv: 2 } }],
    },
    amplitude: {
      ...ref('share'),
      description: 'Of diurnal: how far the rate swings above and below its mean, as a part of it.',
      default: 0.5,
      examples: [0.8, '80%'],
    },
    period: { ...ref('positiveDuration'), description: 'Of diurnal: one swing.', default: '24h', examples: ['7d'] },
    peak: {
      ...ref('duration'),
      description: 'Of diurnal: when the rate is highest, counted from spec.start.',
      default: '14h',
      examples: ['20h'],
    },
    from: { ...ref('duration'), description: 'Nothing arrives earlier.', default: '0s', examples: ['10m'] },
    until: {
      ...ref('positiveDuration'),
      description: 'Nothing arrives from then on. Absent: until the horizon.',
      examples: ['1h'],
    },
    maxJobs: {
      type: 'integer',
      minimum: 1,
      maximum: 4_294_967_295,
      description: 'No more jobs than this. Absent: no limit.',
      examples: [1000],
    },
  }),
  allOf: [
    needs('poisson', 'rate'),
    needs('deterministic', 'interval'),
    needs('renewal', 'interval'),
    needs('diurnal', 'rate'),
  ],
}
