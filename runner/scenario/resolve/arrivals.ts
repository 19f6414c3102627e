import { withDefaults } from '../../../engine/schema.ts'
import { findFormat } from '../../formats/index.ts'
import { withAbsoluteFiles } from '../../formats/trace-files.ts'
import { findGenerator } from '../../generators/index.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { ArrivalsDraft } from '../draft.ts'
import type { Distribution } from '../scenario.ts'
import type { ArrivalsView, WorkloadView } from '../view.ts'
import { resolveDuration } from './durations.ts'

/** Arrivals by a process or from a trace; undefined where it is not known which. */
export function resolveArrivals(view: WorkloadView, path: Path, context: Context): ArrivalsDraft | undefined {
  if (view.arrivals !== undefined) return fromProcess(view.arrivals, [...path, 'arrivals'], context)
  return view.generator === undefined ? traceOf(view, path, context) : generatorOf(view.generator)
}

function generatorOf({ model, options = {} }: NonNullable<WorkloadView['generator']>): ArrivalsDraft | undefined {
  const entry = model === undefined ? undefined : findGenerator(model)
  if (entry === undefined) return undefined
  return { process: 'trace', format: entry.name, file: null, options: withDefaults(options, entry.options) }
}

function fromProcess(view: ArrivalsView, path: Path, context: Context): ArrivalsDraft | undefined {
  const at = (field: string): Path => [...path, field]
  const window = {
    fromS: context.orDefault(context.read('duration', view.from, at('from')), at('from'), 0),
    untilS: context.orDefault(context.read('positiveDuration', view.until, at('until')), at('until'), null),
    maxJobs: context.orDefault(view.maxJobs, at('maxJobs'), null),
  }
  const ratePerS = () => context.read('rate', view.rate, at('rate'))
  const process = context.orDefault(view.process, at('process'), 'poisson')
  if (process === 'poisson') return { process, ratePerS: ratePerS(), ...window }
  if (process === 'diurnal') return { process, ratePerS: ratePerS(), ...swingOf(view, at, context), ...window }
  if (process === 'mmpp') return { process, states: statesOf(view, at, context), ...window }
  if (process === 'closed') {
    const think = resolveDuration(view.think, at('think'), context)
    return { process, users: view.users, think: think === null ? noTime : think, ...window }
  }
  if (process === undefined) return undefined
  const interval = resolveDuration(view.interval, at('interval'), context, {
    read: 'positiveDuration',
    kind: 'constant',
  })
  // A fixed interval is a renewal process like any other.
  return { process: 'renewal', interval: interval ?? undefined, ...window }
}

const noTime: Distribution = { kind: 'constant', parameters: { value: 0 } }

const swingOf = (view: ArrivalsView, at: (field: string) => Path, context: Context) => ({
  amplitude: context.orDefault(context.read('share', view.amplitude, at('amplitude')), at('amplitude'), 0.5),
  periodS: context.orDefault(context.read('positiveDuration', view.period, at('period')), at('period'), 86_400),
  peakS: context.orDefault(context.read('duration', view.peak, at('peak')), at('peak'), 50_400),
})

/** undefined where one of them cannot be read. */
function statesOf({ states = [] }: ArrivalsView, at: (field: string) => Path, context: Context) {
  const read = states.map((state, i) => {
    const path: Path = [...at('states'), i]
    const stayS = context.read('positiveDuration', state?.stay, [...path, 'stay'])
    const ratePerS = context.says([...path, 'rate']) ? context.read('rate', state?.rate, [...path, 'rate']) : 0
    return stayS === undefined || ratePerS === undefined ? undefined : { ratePerS, stayS }
  })
  return read.every(state => state !== undefined) && read.length > 0 ? read : undefined
}

function traceOf({ trace }: WorkloadView, path: Path, context: Context): ArrivalsDraft | undefined {
  if (trace?.format === undefined || trace.file === undefined) return undefined
  const format = findFormat(trace.format)
  const file = context.resolveFile(trace.file, [...path, 'trace', 'file'])
  const options = withAbsoluteFiles(format ?? {}, withDefaults(trace.options ?? {}, format?.options ?? {}), file)
  return { process: 'trace', format: trace.format, file, options }
}
