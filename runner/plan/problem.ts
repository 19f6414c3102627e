/** What is wrong with a request, each at its place. */
import { type ErrorCode, errors, FabricdtError } from '../errors.ts'
import type { Path } from '../scenario/document.ts'

export interface RequestProblem {
  readonly code: ErrorCode
  /** From the root of the body. */
  readonly path: Path
  readonly message: string
  readonly hint: string
}

/** Every problem of one request at once. */
export class RequestError extends FabricdtError {
  readonly problems: readonly RequestProblem[]

  constructor(problems: readonly RequestProblem[]) {
    super(problems[0].code, problems.map(({ message }) => message).join('; '))
    this.name = 'RequestError'
    this.problems = problems
  }
}

export const problem = (code: ErrorCode, path: Path, message: string, hint: string = errors[code].hint) => ({
  code,
  path,
  message,
  hint,
})
