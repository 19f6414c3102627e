/** What a plan predicted against what was observed of its job on clusters. */
import type { Verification } from '../verify/verification.ts'
import type { PlanStatus, Quantity, StoredPlan } from './plan.ts'

export interface PlanVerification {
  plan: string
  status: PlanStatus
  verdict: 'pass' | 'fail' | 'inconclusive'
  /** Why nothing can be said, or what the verdict rests on. */
  reasons: string[]
  /** `within`: whether the observed one lies in the predicted interval. */
  latency_ms: { predicted: Quantity | null; observed: number | null; error: number | null; within: boolean | null }
  /** Quantity by quantity, as of a whole run; null before the job ran. */
  verification: Verification | null
}

export function verificationOf({ id, status, predicted, execution, verification }: StoredPlan): PlanVerification {
  const observed = execution?.latency_ms ?? null
  const { latency_ms } = predicted
  const isBoth = observed !== null && latency_ms !== null
  return {
    plan: id,
    status,
    verdict: status === 'failed' ? 'fail' : (verification?.verdict ?? 'inconclusive'),
    reasons: reasonsOf(status, execution?.error ?? null, verification),
    latency_ms: {
      predicted: latency_ms,
      observed,
      error: isBoth ? (latency_ms.estimate - observed) / observed : null,
      within: isBoth ? observed >= latency_ms.low && observed <= latency_ms.high : null,
    },
    verification,
  }
}

function reasonsOf(status: PlanStatus, error: string | null, verification: Verification | null): string[] {
  if (status === 'planned') return ['Nothing was observed: the job has not been executed.']
  if (status === 'executing') return ['The job is still running.']
  const [policy] = verification?.policies ?? []
  return [
    ...(error === null ? [] : [`It was not executed to the end: ${error}.`]),
    ...(policy?.given ?? []).map(given => `Given, not measured: ${given}.`),
    ...(policy?.untrusted ?? []),
  ]
}
