/** Stress jobs: each keeps cores, memory or a disk busy for a declared time; a `batch/v1` Job does the same for real. */
import { distributions } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import { TraceBuilder } from '../formats/columns.ts'
import type { FormatOptions, TraceColumns } from '../formats/format.ts'
import { type GeneratorEntry, jobsOption, seedOption } from './generator.ts'
import { defaultsOf, kinds, stressJob } from './stress-job.ts'

const exponential = distributions.find(({ name }) => name === 'exponential') as (typeof distributions)[number]

function generate(options: FormatOptions, random: Random): TraceColumns {
  const { jobs, intervalS } = options as Record<string, number>
  const { cpu, memoryMiB, runS } = defaultsOf(options)
  const trace = new TraceBuilder()
  const request = { cpuMilli: Math.round(cpu * 1000), memoryBytes: memoryMiB * 1024 * 1024, gpu: Number.NaN }
  for (let id = 1, submitS = 0; id <= jobs; id++) {
    submitS += exponential.draw(random, intervalS, 0)
    trace.add({ id, submitS, runS, estimateS: runS, tasks: 1, ...request })
  }
  return trace.finish()
}

export const stress: GeneratorEntry = {
  name: 'stress',
  summary: 'Stress jobs of one declared length at random times: of cores, of memory or of a disk.',
  options: {
    jobs: jobsOption,
    seed: seedOption,
    kind: { type: 'string', description: 'What they keep busy.', enum: kinds, default: 'cpu' },
    cpu: {
      type: 'number',
      description: 'Cores of a job. By default 1 for cpu, else 0.1.',
      exclusiveMinimum: 0,
      maximum: 1024,
      examples: [2],
    },
    memoryMiB: {
      type: 'integer',
      description: 'Memory of a job, in MiB. By default 1024 for memory, else 64.',
      minimum: 16,
      examples: [512],
    },
    runS: {
      type: 'integer',
      description: 'How long each runs, in seconds.',
      default: 60,
      minimum: 1,
      maximum: 604_800,
      examples: [300],
    },
    intervalS: {
      type: 'number',
      description: 'Mean time between two jobs, in seconds; they come at random.',
      default: 10,
      exclusiveMinimum: 0,
      examples: [60],
    },
  },
  generate,
  job: stressJob,
}
