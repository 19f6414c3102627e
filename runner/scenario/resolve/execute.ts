/** spec.execute: how the scenario is run on real clusters. */
import type { Context } from '../context.ts'
import type { Draft, Maybe } from '../draft.ts'
import type { ScenarioExecute, ScenarioPrometheus, Tolerance } from '../scenario.ts'

const path = ['spec', 'execute'] as const

/** What holds where the file says nothing. */
export const executeDefaults: ScenarioExecute = {
  provider: 'kwok',
  fromS: 0,
  forS: null,
  sample: 1,
  speedup: 1,
  tolerance: { latency: 0.1, energy: 0.2, emissions: 0.2, cpu: 0.1, placement: 0.1, recovery: 0.25 },
}

/** undefined where the file says nothing of it. */
export function resolveExecute(context: Context): Draft['execute'] {
  const { view } = context
  if (view.execute === undefined) return undefined
  const { provider, sample, speedup } = view.execute
  return {
    provider: context.orDefault(provider, [...path, 'provider'], executeDefaults.provider),
    ...windowOf(context),
    sample: context.orDefault(context.read('positiveShare', sample, [...path, 'sample']), [...path, 'sample'], 1),
    speedup: context.orDefault(speedup, [...path, 'speedup'], 1),
    ...prometheusOf(context),
    tolerance: toleranceOf(context),
  }
}

function prometheusOf({ view }: Context): { prometheus?: ScenarioPrometheus } {
  const said = view.execute?.prometheus
  if (said === undefined) return {}
  if (typeof said === 'string') return { prometheus: { url: said, application: null } }
  return { prometheus: { url: said.url ?? null, application: applicationOf(said.application) } }
}

type Application = NonNullable<ScenarioPrometheus['application']>

function applicationOf(said: Maybe<Partial<Application>> | undefined): Application | null {
  if (said === undefined) return null
  const {
    latency = 'http_request_duration_seconds',
    requests = 'http_requests_total',
    errors = 'code=~"5.."',
    selector = '',
  } = said
  return { latency, requests, errors, selector }
}

function windowOf(context: Context): Maybe<Pick<ScenarioExecute, 'fromS' | 'forS'>> {
  const at = [...path, 'window']
  const window = context.view.execute?.window
  if (window === undefined) return { fromS: 0, forS: context.says(at) ? undefined : null }
  if (typeof window !== 'object') return { fromS: 0, forS: context.read('positiveDuration', window, at) }
  return {
    fromS: context.orDefault(context.read('duration', window.from, [...at, 'from']), [...at, 'from'], 0),
    forS: context.read('positiveDuration', window.for, [...at, 'for']),
  }
}

function toleranceOf(context: Context): Tolerance | undefined {
  const at = [...path, 'tolerance']
  const said = context.view.execute?.tolerance ?? {}
  const otherwise = executeDefaults.tolerance
  const read = (name: keyof Tolerance, fallback: number | undefined) =>
    context.orDefault(context.read('positiveShare', said[name], [...at, name]), [...at, name], fallback)
  const energy = read('energy', otherwise.energy)
  const tolerance: Maybe<Tolerance> = {
    latency: read('latency', otherwise.latency),
    energy,
    emissions: read('emissions', energy),
    cpu: read('cpu', otherwise.cpu),
    placement: read('placement', otherwise.placement),
    recovery: read('recovery', otherwise.recovery),
  }
  return Object.values(tolerance).includes(undefined) ? undefined : (tolerance as Tolerance)
}
