/** What an API server answered that is no success, or that it did not answer. */
import { FabricdtError } from '../errors.ts'

export class ApiError extends FabricdtError {
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  /** Kubernetes' word for it, such as NotFound; the system's code where there was no answer. */
  readonly reason: string

  constructor(cluster: string, what: string, status: number, reason: string, message: string) {
    super('cluster-failed', `cluster ${cluster}: ${what}: ${message}`)
    this.name = 'ApiError'
    this.status = status
    this.reason = reason
  }

  /** Whether the same may go well a little later: no answer, too many requests, or a server that is not itself. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Of the body of an answer: a Kubernetes Status, or any text. */
export function apiError(cluster: string, what: string, status: number, body: string): ApiError {
  try {
    const { reason = '', message = body } = JSON.parse(body) as { reason?: string; message?: string }
    return new ApiError(cluster, what, status, reason, message)
  } catch {
    return new ApiError(cluster, what, status, '', body.slice(0, 500) || `HTTP ${status}`)
  }
}

/** Whether it is an answer of that status: `isStatus(error, 404)`. */
export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status
