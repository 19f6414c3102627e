/** Forecasts of intensities and prices: what a policy believes of the time to come. One file, one line. */
import type { Random } from '../../random.ts'
import type { OptionSchema } from '../../schema.ts'
import type { Course } from './course.ts'
import { lastWeek } from './last-week.ts'
import { noisy } from './noise.ts'
import { perfect } from './perfect.ts'
import { persistence } from './persistence.ts'
import { seasonal } from './seasonal.ts'

/** What is asked: the true course (history included), now, how far ahead, and what the error is drawn by. */
export interface Question {
  readonly truth: Course
  readonly nowS: number
  readonly untilS: number
  /** Relative standard deviation of the error, of forecasts that have one declared. */
  readonly error: number
  readonly random: Random
  /** Part of the random counter: the cluster's. */
  readonly hash: number
}

/** From `nowS` on; its first value is the true one, which is measured. Only those that are declared to may look beyond `nowS`. */
export type Forecast = (question: Question) => Course

export const forecasts: Readonly<Record<string, Forecast>> = {
  perfect,
  persistence,
  'last-week': lastWeek,
  seasonal,
  noise: noisy,
}

export const forecastOptions: Readonly<Record<string, OptionSchema>> = {
  forecast: {
    type: 'string',
    description:
      'What is believed of the hours to come: perfect: what will be (a bound, nobody has it); persistence: as now; last-week: as a week before; seasonal: the mean of the same hour on the last 28 days, drawn to what is measured now; noise: what will be with an error.',
    enum: Object.keys(forecasts),
    default: 'seasonal',
  },
  error: {
    type: 'number',
    description: 'With forecast noise: its relative standard deviation.',
    default: 0.1,
    minimum: 0,
    maximum: 1,
  },
}
