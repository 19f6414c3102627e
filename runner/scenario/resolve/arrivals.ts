import { withDefaults } from '../../../engine/schema.ts'
import { findFormat } from '../../formats/index.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { ArrivalsDraft } from '../draft.ts'
import type { ArrivalsView, WorkloadView } from '../view.ts'
import { resolveDuration } from './durations.ts'

/** Arrivals by a process or from a trace; undefined where it is not known which. */
export function resolveArrivals(view: WorkloadView, path: Path, context: Context): ArrivalsDraft | undefined {
  if (view.arrivals !== undefined) return fromProcess(view.arrivals, [...path, 'arrivals'], context)
  return traceOf(view, path, context)
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
  if (process === undefined) return undefined
  const interval = resolveDuration(view.interval, at('interval'), context, {
    read: 'positiveDuration',
    kind: 'constant',
  })
  // A fixed interval is a renewal process like any other.
  return { process: 'renewal', interval: interval ?? undefined, ...window }
}

const swingOf = (view: ArrivalsView, at: (field: string) => Path, context: Context) => ({
  amplitude: context.orDefault(context.read('share', view.amplitude, at('amplitude')), at('amplitude'), 0.5),
  periodS: context.orDefault(context.read('positiveDuration', view.period, at('period')), at('period'), 86_400),
  peakS: context.orDefault(context.read('duration', view.peak, at('peak')), at('peak'), 50_400),
})

function traceOf({ trace }: WorkloadView, path: Path, context: Context): ArrivalsDraft | undefined {
  if (trace?.format === undefined || trace.file === undefined) return undefined
  const options = withDefaults(trace.options ?? {}, findFormat(trace.format)?.options ?? {})
  const file = context.resolveFile(trace.file, [...path, 'trace', 'file'])
  return { process: 'trace', format: trace.format, file, options }
}
