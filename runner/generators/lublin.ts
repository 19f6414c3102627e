/** Rigid parallel jobs as Lublin and Feitelson found them on supercomputers (JPDC 63, 2003). */
import type { Random } from '../../engine/random.ts'
import { TraceBuilder } from '../formats/columns.ts'
import type { FormatOptions, TraceColumns } from '../formats/format.ts'
import { drawGamma } from './draws.ts'
import { type GeneratorEntry, jobsOption, seedOption } from './generator.ts'
import { Day } from './lublin-day.ts'
import { kinds, type LublinParameters, names, parametersOf, published } from './lublin-parameters.ts'

/** Logarithms of the longest run time (two days) and the longest time between jobs (five days): what exceeds them is drawn again. */
const longest = { run: 12, between: 13 }

interface Source {
  readonly parameters: LublinParameters
  readonly day: Day
  nextS: number
}

function generate(options: FormatOptions, random: Random): TraceColumns {
  const nodes = options.nodes as number
  const chosen =
    options.kind === 'both' ? (['batch', 'interactive'] as const) : [options.kind as (typeof kinds)[number]]
  const sources = chosen.map((kind): Source => {
    const parameters = parametersOf(kind, nodes, options)
    return { parameters, day: new Day(parameters), nextS: 0 }
  })
  for (const source of sources) goOn(source, random)
  const trace = new TraceBuilder()
  for (let id = 1; id <= (options.jobs as number); id++) {
    const source = sources.reduce((first, other) => (other.nextS <= first.nextS ? other : first))
    const tasks = Math.min(nodes, drawSize(source.parameters, random))
    const runS = Math.floor(drawRun(source.parameters, tasks, random))
    const unknown = { cpuMilli: Number.NaN, memoryBytes: Number.NaN, gpu: Number.NaN }
    trace.add({ id, submitS: Math.floor(source.nextS), runS, estimateS: runS, tasks, ...unknown })
    goOn(source, random)
  }
  return trace.finish()
}

/** On to its next job. */
function goOn(source: Source, random: Random): void {
  const { aarr, arar, barr } = source.parameters
  source.nextS = source.day.spend(Math.exp(below(longest.between, () => drawGamma(random, aarr * arar, barr))))
}

function below(limit: number, draw: () => number): number {
  for (;;) {
    const value = draw()
    if (value <= limit) return value
  }
}

/** Nodes: one, a power of two, or any number, by a uniform law in two stages of the logarithm. */
function drawSize({ serial, powerOfTwo, uLow, uMed, uHi, uProb }: LublinParameters, random: Random): number {
  const u = random.uniform()
  if (u <= serial) return 1
  const [low, high] = random.uniform() <= uProb ? [uLow, uMed] : [uMed, uHi]
  const exponent = low + (high - low) * random.uniform()
  return Math.round(Math.exp(Math.LN2 * (u <= serial + powerOfTwo ? Math.round(exponent) : exponent)))
}

/** Seconds: the logarithm is of one of two gammas; large jobs more often of the second. */
function drawRun({ a1, b1, a2, b2, pa, pb }: LublinParameters, nodes: number, random: Random): number {
  const ofFirst = Math.min(1, Math.max(0, pa * nodes + pb))
  return Math.exp(
    below(longest.run, () => (random.uniform() <= ofFirst ? drawGamma(random, a1, b1) : drawGamma(random, a2, b2))),
  )
}

export const lublin: GeneratorEntry = {
  name: 'lublin',
  summary:
    'Rigid parallel jobs of supercomputers (Lublin and Feitelson 2003), a node is a task; with the published parameters unless told. The first day begins at second 0.',
  options: {
    jobs: jobsOption,
    seed: seedOption,
    nodes: {
      type: 'integer',
      description: 'Nodes of the machine: no job has more. Sizes grow with it.',
      default: 128,
      minimum: 4,
      maximum: 1_048_576,
      examples: [256],
    },
    kind: {
      type: 'string',
      description:
        'Which jobs: batch and interactive ones mixed, one of these, or by the parameters for all jobs alike.',
      enum: ['both', ...kinds],
      default: 'both',
    },
    ...Object.fromEntries(
      names.map(name => [
        name,
        {
          type: 'number',
          description: `${published[name][0]} Published: ${published[name].slice(1).join(', ')} for ${kinds.join(', ')}.`,
          examples: [published[name][1]],
        } as const,
      ]),
    ),
  },
  generate,
}
