/** What a plan predicted against what was observed of its job. */
import type { Plan, Quantity } from './plan.ts'

/** What became of the job of a plan, as clusters told it. */
export interface PlanObservation {
  readonly completed: boolean
  /** From submission to the end; null where it did not complete. */
  readonly latencyMs: number | null
  /** Figures that were handed to the clusters and come back by construction: they verify nothing. */
  readonly given: readonly ('latency' | 'energy' | 'emissions')[]
  /** Why the measurement itself cannot be trusted. */
  readonly doubts: readonly string[]
}

type Verdict = 'pass' | 'fail' | 'inconclusive'

export interface VerifiedQuantity {
  name: 'latency' | 'energy' | 'emissions'
  unit: string
  predicted: Quantity | null
  observed: number | null
  /** (predicted − observed) / observed. */
  error: number | null
  tolerance: number | null
  verdict: Verdict | 'given'
}

export interface PlanVerification {
  plan: string
  verdict: Verdict
  reasons: string[]
  quantities: VerifiedQuantity[]
}

const latencyTolerance = 0.1

/** `observation`: null before the job ran. */
export function verificationOf(plan: Plan, observation: PlanObservation | null): PlanVerification {
  const { latency_ms, energy_j, emissions_g } = plan.predicted
  const latency = latencyOf(latency_ms, observation)
  const unmeasured = (name: 'energy' | 'emissions', unit: string, predicted: Quantity | null): VerifiedQuantity => ({
    name,
    unit,
    predicted,
    observed: null,
    error: null,
    tolerance: null,
    verdict: 'inconclusive',
  })
  const { verdict, reasons } = judge(latency, observation)
  return {
    plan: plan.id,
    verdict,
    reasons,
    quantities: [latency, unmeasured('energy', 'J', energy_j), unmeasured('emissions', 'gCO2e', emissions_g)],
  }
}

function latencyOf(predicted: Quantity | null, observation: PlanObservation | null): VerifiedQuantity {
  const observed = observation?.latencyMs ?? null
  const error = predicted === null || observed === null ? null : (predicted.estimate - observed) / observed
  const base = { name: 'latency', unit: 'ms', predicted, observed, error, tolerance: latencyTolerance } as const
  if (observation?.given.includes('latency') === true) return { ...base, verdict: 'given' }
  if (error === null) return { ...base, verdict: 'inconclusive' }
  return { ...base, verdict: Math.abs(error) <= latencyTolerance ? 'pass' : 'fail' }
}

function judge(
  { verdict }: VerifiedQuantity,
  observation: PlanObservation | null,
): { verdict: Verdict; reasons: string[] } {
  if (observation === null)
    return {
      verdict: 'inconclusive',
      reasons: ['Nothing was observed: the job has not run, or not on watched clusters.'],
    }
  if (observation.doubts.length > 0) return { verdict: 'inconclusive', reasons: [...observation.doubts] }
  if (!observation.completed) return { verdict: 'fail', reasons: ['The job did not complete.'] }
  if (verdict === 'given') return { verdict: 'inconclusive', reasons: ['Its run time was given to the clusters.'] }
  return { verdict, reasons: verdict === 'pass' ? [] : ['The latency lies outside the tolerance.'] }
}
