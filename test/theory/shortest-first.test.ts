/** M/M/1 with the shortest job first, known in advance and not preempted (Phipps, Operations Research 4, 1956). */
import { describe, it } from 'vitest'
import { distributions } from '../../engine/distributions.ts'
import { Random } from '../../engine/random.ts'
import { run, tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, mean } from './interval.ts'

const lambda = 0.7
const exponential = distributions.find(({ name }) => name === 'exponential')!

/** A trace with Poisson arrivals whose run times are known. */
function trace(replication: number) {
  const random = new Random(99, replication)
  let submitS = 0
  return Array.from({ length: 10_000 }, (_, ordinal) => {
    random.select(0, 0, 0, ordinal)
    submitS += exponential.draw(random, 1 / lambda, 0)
    return { submitS, runS: exponential.draw(random, 1, 0) }
  })
}

/** ∫ W₀ / (1 − ρ(x))² dF(x), where W₀ = λ E[S²] / 2 and ρ(x) is the load of the jobs up to x. */
function phipps(): number {
  const step = 1e-4
  let total = 0
  for (let x = step / 2; x < 60; x += step) {
    const load = lambda * (1 - Math.exp(-x) * (1 + x))
    total += (lambda / (1 - load) ** 2) * Math.exp(-x) * step
  }
  return total
}

describe('M/M/1, shortest job first', () => {
  it('waits as Phipps says', () => {
    const waits = Array.from({ length: 20 }, (_, replication) => {
      const model = tinyModel({ warmupS: 1000, workloads: [{ name: 'w', trace: trace(replication) }] })
      return mean(run(model, 'sjf').samples.waitTime)
    })
    expectTheory(waits, phipps(), 0.1)
  })
})
