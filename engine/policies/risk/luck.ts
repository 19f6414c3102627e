/**
 * Sampled luck of a policy: numbers drawn once a run, the same for all candidates (common random numbers), so that
 * they differ by what they are and not by what was drawn for them.
 */
import { distributions } from '../../distributions.ts'
import type { Model } from '../../model.ts'
import { hashName, Random, streams } from '../../random.ts'

/** Attempts of one sample; the last goes well whatever its luck. */
export const attemptsSampled = 8

const name = hashName('luck')

/** Of attempt a of sample i at [i · attemptsSampled + a]: a unit exponential, and two uniform numbers (fault, how far). */
interface Mishaps {
  readonly hazard: Float64Array
  readonly fault: Float64Array
  readonly share: Float64Array
}

export class Luck {
  readonly samples: number
  private mishaps: Mishaps | null = null
  private readonly model: Model
  private readonly cv: number
  private readonly random: Random
  private readonly shapes: (Float64Array | undefined)[] = []

  /** `cv`: of the work about its estimate, where no distribution is declared (jobs of traces). */
  constructor(model: Model, samples: number, cv: number) {
    this.model = model
    this.samples = samples
    this.cv = cv
    this.random = new Random(model.seed, 0)
  }

  /** Drawn when first asked for: most fabrics that are planned on have none. */
  get ofAttempts(): Mishaps {
    this.mishaps ??= this.drawMishaps()
    return this.mishaps
  }

  private drawMishaps(): Mishaps {
    const count = this.samples * attemptsSampled
    const column = () => new Float64Array(count)
    const mishaps = { hazard: column(), fault: column(), share: column() }
    for (let i = 0; i < count; i++) {
      this.random.select(streams.policy, 0xffff, name, i)
      mishaps.hazard[i] = -Math.log(this.random.uniform())
      mishaps.fault[i] = this.random.uniform()
      mishaps.share[i] = this.random.uniform()
    }
    return mishaps
  }

  /** Sampled work / estimate of a stage of the model, ascending. */
  shapeOf(template: number): Float64Array {
    let shape = this.shapes[template]
    if (shape === undefined) {
      shape = this.drawShape(template)
      this.shapes[template] = shape
    }
    return shape
  }

  private drawShape(template: number): Float64Array {
    const { stages } = this.model
    const isTrace = stages.class[template] < 0
    const work = isTrace ? lognormal : stages.work[template]
    const a = isTrace ? 1 : stages.workA[template]
    const b = isTrace ? this.cv : stages.workB[template]
    const mean = distributions[work].mean(a, b)
    const shape = new Float64Array(this.samples).fill(1)
    if (mean === 0 || (isTrace && b === 0)) return shape
    for (let i = 0; i < shape.length; i++) {
      this.random.select(streams.policy, 0xffff, name, this.samples * attemptsSampled + template * this.samples + i)
      shape[i] = distributions[work].draw(this.random, a, b) / mean
    }
    return shape.sort()
  }
}

const lognormal = distributions.findIndex(entry => entry.name === 'lognormal')
