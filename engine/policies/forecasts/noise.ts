import { streams } from '../../random.ts'
import { type Course, stepAt } from './course.ts'
import type { Question } from './index.ts'
import { perfect } from './perfect.ts'

/**
 * What will be, each step times 1 + `error` · a standard normal number of its own (never below 0), which is the same
 * whenever the step is forecast; what is in force now is known.
 */
export function noisy(question: Question): Course {
  const { truth, random, hash, error, nowS } = question
  const { atS, values } = perfect(question)
  const first = stepAt(truth.atS, nowS)
  return {
    atS,
    values: values.map((value, i) => {
      if (i === 0) return value
      random.select(streams.policy, 0xfffe, hash, first + i)
      // Box and Muller (1958).
      const normal = Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
      return Math.max(0, value * (1 + error * normal))
    }),
  }
}
