/**
 * What the selftest is made of: a family is a few experiments, an experiment is many independent trials, and each of
 * its lines asks every trial for one number and knows from theory what must come out.
 */

/**
 * - `mean`: the mean over all trials is `expected` (Student's t).
 * - `share`: the trials answer 0 or 1; the probability of 1 lies within `expected`, two bounds (Clopper and Pearson).
 * - `each`: every single trial answers `expected`, up to `slack` (rounding): no luck in it.
 */
export type Test = 'mean' | 'share' | 'each'

export interface Line {
  readonly what: string
  /** As those of metrics; '%' for shares. */
  readonly unit: 's' | 'W' | 'J' | 'g' | 'jobs' | '%' | ''
  readonly test: Test
  readonly expected: number | readonly [from: number, to: number]
  /** Of `each`: how far off is still rounding; where it is absent 1e-9 of the expected value. */
  readonly slack?: number
}

export interface Experiment {
  readonly lines: readonly Line[]
  /** Trials of the short form. */
  readonly trials: number
  /** Trials of the long form. */
  readonly longTrials: number
  /** Gets ready; what comes back gives one number a line for each trial, from 0. */
  readonly prepare: (seed: number) => (trial: number) => readonly number[]
}

export interface Family {
  readonly name: string
  /** Where the expected values are from. */
  readonly source: string
  readonly experiments: readonly Experiment[]
}

export type Question<T> = Line & { readonly of: (trial: T) => number }

/** The long form has so many times the trials: intervals a fifth as wide. */
const longFactor = 25

export interface Plan<T> {
  readonly trials: number
  /** 25 times as many where it is absent. */
  readonly longTrials?: number
  readonly prepare: (seed: number) => (trial: number) => T
  readonly questions: readonly Question<T>[]
}

/** An experiment whose trials are all asked the same questions. */
export const experiment = <T>({
  trials,
  longTrials = longFactor * trials,
  prepare,
  questions,
}: Plan<T>): Experiment => ({
  trials,
  longTrials,
  lines: questions,
  prepare: seed => {
    const run = prepare(seed)
    return trial => {
      const outcome = run(trial)
      return questions.map(question => question.of(outcome))
    }
  },
})

/** What needs no trials: each value is computed once. */
export const knownAnswers = (answers: readonly (Omit<Line, 'test'> & { readonly value: () => number })[]): Experiment =>
  experiment({
    trials: 1,
    longTrials: 1,
    prepare: () => () => undefined,
    questions: answers.map(({ value, ...line }) => ({ ...line, test: 'each' as const, of: value })),
  })
