/** What a policy expects of the intensities (or prices) of clusters, as it stands now. */
import type { Model } from '../../model.ts'
import { Random } from '../../random.ts'
import type { Rates } from '../../rates.ts'
import { type Course, Integral, stepAt } from '../forecasts/course.ts'
import { forecasts } from '../forecasts/index.ts'

/** Which forecast is believed, and its relative error. */
export interface Forecasting {
  readonly name: string
  readonly error: number
}

export const forecastingOf = (options: Readonly<Record<string, unknown>>): Forecasting => ({
  name: options.forecast as string,
  error: options.error as number,
})

interface Expected {
  readonly course: Course
  readonly integral: Integral
}

export class Outlook {
  private readonly model: Model
  private readonly rates: Rates
  private readonly forecasting: Forecasting
  private readonly random: Random
  private readonly truths: (Course | undefined)[] = []
  private readonly expected: (Expected | undefined)[] = []
  private nowS = Number.NaN
  private untilS = Number.NEGATIVE_INFINITY

  constructor(model: Model, rates: Rates, forecasting: Forecasting) {
    this.model = model
    this.rates = rates
    this.forecasting = forecasting
    this.random = new Random(model.seed, 0)
  }

  /** From now until a time at least; the same object as long as it is the same time. */
  of(cluster: number, nowS: number, untilS: number): Expected {
    if (nowS !== this.nowS || untilS > this.untilS) {
      this.nowS = nowS
      this.untilS = untilS
      this.expected.length = 0
    }
    let expected = this.expected[cluster]
    if (expected === undefined) {
      const course = this.forecast(cluster)
      expected = { course, integral: new Integral(course) }
      this.expected[cluster] = expected
    }
    return expected
  }

  private forecast(cluster: number): Course {
    const { rates, nowS, untilS, random } = this
    const { name, error } = this.forecasting
    if (rates.start[cluster] === rates.start[cluster + 1]) return { atS: [nowS], values: [this.worstNow()] }
    const truth = this.truthOf(cluster)
    return forecasts[name]({ truth, nowS, untilS, error, random, hash: this.model.clusters.hash[cluster] })
  }

  private truthOf(cluster: number): Course {
    const { start, atS, values } = this.rates
    const truth = this.truths[cluster] ?? {
      atS: Array.from(atS.subarray(start[cluster], start[cluster + 1])),
      values: Array.from(values.subarray(start[cluster], start[cluster + 1])),
    }
    this.truths[cluster] = truth
    return truth
  }

  /** A cluster of which nothing is known is taken for as bad as the worst of the others. */
  private worstNow(): number {
    const { start, atS, values } = this.rates
    let worst = 0
    for (let c = 0; c + 1 < start.length; c++)
      if (start[c] < start[c + 1]) worst = Math.max(worst, values[stepAt(atS, this.nowS, start[c], start[c + 1])])
    return worst
  }
}
