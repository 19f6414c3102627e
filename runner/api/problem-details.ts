/** Errors as RFC 9457 problem details: one shape for whatever goes wrong, with each offending place as a JSON pointer. */
import type { FastifyError } from 'fastify'
import { type ErrorCode, FabricdtError } from '../errors.ts'
import { NoRoomError } from '../plan/no-room.ts'
import { RequestError } from '../plan/problem.ts'
import { pointer } from '../scenario/check-schema.ts'

export interface ProblemDetails {
  /** Tells kinds of problems apart: `urn:fabricdt:problem:<code>`. */
  type: string
  title: string
  status: number
  detail: string
  instance?: string
  hint?: string
  /** `pointer`: a place in the body as a fragment (RFC 6901); `parameter`: one of the query. */
  errors?: { pointer?: string; parameter?: string; code: string; detail: string; hint?: string }[]
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'A token is needed',
  404: 'There is no such thing here',
  405: 'The method is not allowed here',
  409: 'Not as things are now',
  413: 'The request is too large',
  415: 'The media type is not understood',
  422: 'The request cannot be done',
  500: 'Internal error',
  503: 'Not ready',
}

/** Coded errors with another status than 422, which says that the request is well formed, but wrong. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'not-json': 400,
  'unknown-plan': 404,
  'no-room': 409,
  'not-executable': 409,
  internal: 500,
  'output-failed': 500,
}

/** `unknown`: anything that was thrown. Of what is not ours and not the client's fault nothing is told but that it is. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof RequestError) {
    const { hint: _, ...details } = coded(error)
    return { ...details, errors: error.problems.map(place) }
  }
  if (error instanceof NoRoomError)
    return {
      ...coded(error),
      errors: error.stages.map(({ stage, reasons }) => ({ code: stage, detail: reasons.join(' ') })),
    }
  if (error instanceof FabricdtError)
    return error.code === 'not-json'
      ? { ...coded(error), errors: [{ pointer: '#', code: error.code, detail: error.message }] }
      : coded(error)
  const { statusCode = 500, code = 'internal', message } = error as FastifyError
  if (statusCode >= 500) return problem(500, 'internal', 'something went wrong that should not: it is in the log')
  return problem(
    statusCode,
    code
      .toLowerCase()
      .replace(/^fst_err_(ctp_)?/, '')
      .replaceAll('_', '-'),
    sentence(message),
  )
}

export const problem = (status: number, code: string, detail: string): ProblemDetails => ({
  type: `urn:fabricdt:problem:${code}`,
  title: titles[status] ?? 'Problem',
  status,
  detail,
})

const coded = (error: FabricdtError): ProblemDetails => ({
  ...problem(statuses[error.code] ?? 422, error.code, error.message),
  hint: error.hint,
})

function place({ path, code, message, hint }: RequestError['problems'][number]) {
  const where = path[0] === 'query' ? { parameter: String(path[1]) } : { pointer: `#${pointer(path)}` }
  return { ...where, code, detail: message, hint }
}

/** Fastify's messages begin with a capital letter, ours do not. */
const sentence = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1)
