/**
 * Bags of tasks: many alike tasks submitted at once, as grids have them (Iosup, Sonmez, Anoep and Epema, "The
 * performance of bags-of-tasks in large-scale distributed systems", HPDC 2008, have the same parts: times between bags
 * and sizes that are Weibull, run times by bag, variability within). The defaults are round numbers, not theirs.
 */
import type { Random } from '../../engine/random.ts'
import { logGamma } from '../../engine/statistics/log-gamma.ts'
import { TraceBuilder } from '../formats/columns.ts'
import type { FormatOptions, TraceColumns } from '../formats/format.ts'
import { drawLognormal, drawWeibull } from './draws.ts'
import { type GeneratorEntry, jobsOption, seedOption } from './generator.ts'

function generate(given: FormatOptions, random: Random): TraceColumns {
  const { jobs, bagIntervalS, intervalShape, size, sizeShape, runS, cvBetween, cvWithin } = given as Record<
    string,
    number
  >
  const trace = new TraceBuilder()
  for (let bagS = 0; trace.count < jobs; ) {
    bagS += weibullOfMean(random, bagIntervalS, intervalShape)
    const tasks = Math.max(1, Math.round(weibullOfMean(random, size, sizeShape)))
    const typicalS = drawLognormal(random, runS, cvBetween)
    for (let task = 0; task < tasks && trace.count < jobs; task++) {
      const ofTask = drawLognormal(random, typicalS, cvWithin)
      const unknown = { cpuMilli: Number.NaN, memoryBytes: Number.NaN, gpu: Number.NaN }
      trace.add({ id: trace.count + 1, submitS: bagS, runS: ofTask, estimateS: typicalS, tasks: 1, ...unknown })
    }
  }
  return trace.finish()
}

/** Its scale is mean / Γ(1 + 1 / shape). */
const weibullOfMean = (random: Random, mean: number, shape: number): number =>
  drawWeibull(random, mean / Math.exp(logGamma(1 + 1 / shape)), shape)

const positive = (description: string, value: number) =>
  ({ type: 'number', description, default: value, exclusiveMinimum: 0, examples: [value] }) as const

const shape = (description: string) =>
  ({ type: 'number', description, default: 1, minimum: 0.1, maximum: 20, examples: [1.5] }) as const

const cv = (description: string, value: number) =>
  ({ type: 'number', description, default: value, minimum: 0, maximum: 100, examples: [value] }) as const

export const bags: GeneratorEntry = {
  name: 'bags',
  summary:
    'Bags of tasks: jobs of one task each, many of them alike and submitted at once; known beforehand is what is typical of the bag.',
  options: {
    jobs: jobsOption,
    seed: seedOption,
    bagIntervalS: positive('Mean time between two bags, in seconds.', 600),
    intervalShape: shape('Shape of the Weibull law of that; 1: bags come at random, more: more regularly.'),
    size: positive('Mean number of tasks of a bag, before it is rounded to at least 1.', 10),
    sizeShape: shape('Shape of the Weibull law of that.'),
    runS: positive('Mean run time of a task, in seconds.', 600),
    cvBetween: cv('Coefficient of variation of the typical run times of bags (lognormal).', 1),
    cvWithin: cv('Coefficient of variation of the run times of one bag around what is typical of it (lognormal).', 0.2),
  },
  generate,
}
