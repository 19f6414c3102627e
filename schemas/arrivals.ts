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

const state: JsonSchema = {
  title: 'ArrivalState',
  description: 'A state of a Markov-modulated process.',
  examples: [
    { rate: '20/s', stay: '1m' },
    { rate: '1/s', stay: '10m' },
  ],
  ...mapping(
    {
      rate: { ...ref('rate'), description: 'Mean number of jobs in a time. Absent: none.', examples: ['20/s'] },
      stay: {
        ...ref('positiveDuration'),
        description: 'Mean time that the state lasts; exponential.',
        examples: ['1m'],
      },
    },
    ['stay'],
  ),
}

export const arrivals: JsonSchema = {
  title: 'Arrivals',
  description: 'Arrivals by a process. Absent: `trace` says them.',
  examples: [
    { process: 'poisson', rate: '5/s' },
    { process: 'deterministic', interval: '10s' },
    { process: 'diurnal', rate: '5/s', amplitude: 0.8, peak: '20h' },
    {
      process: 'mmpp',
      states: [
        { rate: '20/s', stay: '1m' },
        { rate: '1/s', stay: '10m' },
      ],
    },
    { process: 'closed', users: 20, think: { exponential: { mean: '5s' } } },
  ],
  ...mapping({
    process: {
      type: 'string',
      enum: ['poisson', 'deterministic', 'renewal', 'diurnal', 'mmpp', 'closed'],
      description:
        'poisson: at random with a `rate`; deterministic: one each `interval`; renewal: one after another with an `interval` drawn from a distribution; diurnal: at random with a rate that swings around `rate` over the day; mmpp: at random with the rate of a state, `states` coming one after another; closed: `users` who each wait for their job and `think` before the next.',
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
    states: {
      type: 'array',
      minItems: 2,
      items: state,
      description:
        'Of mmpp: its states, round and round in this order; the first is drawn by the share of time that each has. Absent: another process says when jobs come.',
      examples: [state.examples],
    },
    users: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description:
        'Of closed: how many users, each with at most one job in the system. Absent: another process says when jobs come.',
      examples: [20],
    },
    think: {
      anyOf: [quantities.duration, distributionRef],
      description:
        'Of closed: time from the answer to a job (or its failing) to the next job of that user, and before the first.',
      default: '0s',
      examples: ['5s', { exponential: { mean: '5s' } }],
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
    needs('mmpp', 'states'),
    needs('closed', 'users'),
  ],
}
