/** The one table of coded errors, each with its exit code and how to mend it; and what carries them. */

export const exits = {
  ok: 0,
  expectation: 1,
  usage: 2,
  trial: 3,
  cluster: 4,
  internal: 70,
  sigint: 130,
  sigterm: 143,
} as const

/** A problem in a scenario, at a place in a file. */
export interface Diagnostic {
  code: ErrorCode
  severity: 'error' | 'warning'
  message: string
  /** How to mend it; the code's own hint where there is nothing more special to say. */
  hint: string
  file: string
  /** From 1. */
  line: number
  column: number
  /** Characters to underline. */
  length: number
  /** Up to three lines of the file for the frame, the last of which is `line`. */
  excerpt?: readonly string[]
}

export const errors = {
  'yaml-syntax': { exit: 2, hint: 'Mend the YAML at this place; YAML 1.2 is read.' },
  'yaml-duplicate-key': { exit: 2, hint: 'Keep one of the two.' },
  'file-unreadable': { exit: 2, hint: 'Check the path; it is resolved against the folder of the scenario file.' },
  'not-a-scenario': {
    exit: 2,
    hint: 'A scenario begins with `apiVersion: fabricdt.io/v1alpha1` and `kind: Scenario`.',
  },
  'unknown-version': {
    exit: 2,
    hint: 'This version reads fabricdt.io/v1alpha1: change the apiVersion and validate again.',
  },
  'unknown-field': { exit: 2, hint: 'Remove it; `fabricdt-run schema` prints every field.' },
  'missing-field': { exit: 2, hint: 'Add it.' },
  'wrong-type': { exit: 2, hint: 'Write a value of the type that the message names.' },
  'not-allowed': { exit: 2, hint: 'Use one of the allowed values.' },
  'out-of-range': { exit: 2, hint: 'Use a value within the range.' },
  'bad-quantity': { exit: 2, hint: 'Give the number with its unit.' },
  'unknown-reference': { exit: 2, hint: 'Declare it, or use one that is declared.' },
  'duplicate-name': { exit: 2, hint: 'Names must be unique: rename one of the two.' },
  'unknown-policy': { exit: 2, hint: 'Use one of the policies that `fabricdt-run schema` lists.' },
  'bad-policy': {
    exit: 2,
    hint: '`fabricdt-run conformance FILE` checks it; `fabricdt-run init policy FILE` writes one to start from.',
  },
  'policy-failed': {
    exit: 3,
    hint: 'Mend the policy at the place that the message names; `fabricdt-run conformance FILE` checks it.',
  },
  'unknown-metric': { exit: 2, hint: 'Use one of the metrics in the README.' },
  'bad-expectation': { exit: 2, hint: 'Write `metric < value`, such as `latency.p95 < 8s`.' },
  'bad-condition': { exit: 2, hint: 'Write `metric > value for time`, such as `utilisation(lab) > 0.9 for 2m`.' },
  'bad-override': {
    exit: 2,
    hint: 'Write --set path=value with a path that the scenario has, such as --set spec.seed=7.',
  },
  'impossible-demand': { exit: 2, hint: 'Make the nodes larger or the request smaller.' },
  'endless-run': { exit: 2, hint: 'Give `horizon`, or `maxJobs` or `until` to each arrival process.' },
  'not-yet': {
    exit: 2,
    hint: 'Remove it for now: this version refuses what it cannot simulate rather than ignore it.',
  },
  'bad-trace': { exit: 2, hint: 'Mend the line, or map the columns under `options`.' },
  'hash-collision': { exit: 2, hint: 'Rename one of the two: their random numbers would be the same.' },
  'nothing-to-resume': {
    exit: 2,
    hint: 'Leave --resume out to start from the begin; finished trials are reused in any case.',
  },
  'no-observation': {
    exit: 2,
    hint: 'Give the folder of a run that was executed: `fabricdt-run SCENARIO --mode execute` makes one.',
  },
  'nothing-to-fit': {
    exit: 2,
    hint: 'Give runs on real containers (provider kubelet, k3d, kind or context): KWOK is told how long everything takes.',
  },
  usage: { exit: 2, hint: 'See fabricdt-run --help.' },
  'not-json': { exit: 2, hint: 'Send one JSON object, with content-type application/json.' },
  'no-room': { exit: 4, hint: 'Ask again later, delete plans that are not needed, or ask for less.' },
  'unknown-plan': { exit: 2, hint: 'GET /plan lists all plans; deleted ones are gone.' },
  'cannot-listen': { exit: 70, hint: 'Choose another --port or --host; 0 takes any free port.' },
  'not-executable': {
    exit: 4,
    hint: 'Start `fabricdt-run serve` with --live to have clusters to execute on: `fabricdt-run up` makes them, or takes contexts.',
  },
  'trial-failed': { exit: 3, hint: 'The message says in which trial; the others were kept.' },
  'cluster-failed': {
    exit: 4,
    hint: '`fabricdt-run status` says what of ours is where, `fabricdt-run down` takes it away.',
  },
  'provider-missing': { exit: 4, hint: '`fabricdt-run doctor` says what this machine lacks and how to get it.' },
  'unknown-fabric': { exit: 2, hint: '`fabricdt-run status` lists the fabrics that are there.' },
  'fabric-differs': { exit: 4, hint: 'Take it away with `fabricdt-run down` and run again: the right one is made.' },
  'fabric-exists': { exit: 4, hint: 'Use it as it is, or take it away first with `fabricdt-run down`.' },
  'output-failed': { exit: 70, hint: 'Check the folder given with --out, its rights and the space left.' },
  internal: { exit: 70, hint: 'This is a bug in fabricdt: please report it with the scenario and this message.' },
} as const satisfies Record<string, { exit: number; hint: string }>

export type ErrorCode = keyof typeof errors

/** Anything that ends a command with a code, a hint and an exit code of its own. */
export class FabricdtError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  readonly exit: number

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'FabricdtError'
    this.code = code
    this.hint = options.hint ?? errors[code].hint
    this.exit = errors[code].exit
  }
}

/** Every problem of one scenario at once. */
export class ScenarioError extends FabricdtError {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(
      diagnostics[0].code,
      `${diagnostics.length} problem${diagnostics.length === 1 ? '' : 's'} in ${diagnostics[0].file}`,
    )
    this.name = 'ScenarioError'
    this.diagnostics = diagnostics
  }
}
