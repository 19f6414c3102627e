/** Whether a request is right: its form by the schema, then what it refers to. Everything that is wrong is told at once. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { findPolicy, policies } from '../../engine/policies/index.ts'
import type { PolicyEntry } from '../../engine/policies/policy.ts'
import { withDefaults } from '../../engine/schema.ts'
import { explain } from '../scenario/check-schema.ts'
import type { Path } from '../scenario/document.ts'
import { readGpu } from '../scenario/gpu.ts'
import type { SchemaError } from '../scenario/messages/schema-error.ts'
import { QuantityError } from '../scenario/quantity-error.ts'
import { wrongParameter } from '../scenario/rules/distribution-parameters.ts'
import { cycleIn } from '../scenario/rules/job-graph.ts'
import { suggest } from '../scenario/suggest.ts'
import type { PlanningFabric } from './fabric.ts'
import { problem, RequestError, type RequestProblem } from './problem.ts'
import type { CheckedRequest, JobRequest, PlanRequest, StageRequest } from './request.ts'
import { planRequestSchema } from './request-schema.ts'
import { durationOf } from './workload.ts'

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false })
const checkForm = ajv.compile(planRequestSchema)
const checkOptions = new Map<PolicyEntry, ValidateFunction>()

const defaultStrategy = 'greedy-latency'

/** Throws RequestError with all that is wrong. */
export function checkRequest(body: unknown, fabric: PlanningFabric): CheckedRequest {
  const form = formProblems(body, checkForm, [])
  // Said with what is wrong with the form: it does not depend on it.
  const given = (body as { strategy?: unknown } | null)?.strategy ?? defaultStrategy
  const policy = typeof given === 'string' ? findPolicy(given) : undefined
  const strategy = policy === undefined && typeof given === 'string' ? [unknownStrategy(given)] : []
  if (form.length > 0) throw new RequestError([...form, ...strategy])
  const request = body as PlanRequest
  const problems = [
    ...originProblems(request.job, fabric),
    ...graphProblems(request.job.spec.stages),
    ...request.job.spec.stages.flatMap(stageProblems),
    ...(policy === undefined ? strategy : optionProblems(policy, request.options ?? {})),
  ]
  if (problems.length > 0 || policy === undefined) throw new RequestError(problems)
  const options = withDefaults(request.options ?? {}, policy.options)
  return { job: request.job, policy, options, hold: request.hold ?? true }
}

const stagePath = (k: number, ...rest: Path): Path => ['job', 'spec', 'stages', k, ...rest]

/** Against a schema: `at` is where the value stands in the body. */
function formProblems(value: unknown, check: ValidateFunction, at: Path): RequestProblem[] {
  if (check(value)) return []
  const place = ['request', ...at].map(step => `/${step}`).join('')
  const errors = (check.errors ?? []).map(error => ({ ...error, instancePath: place + error.instancePath }))
  return explain(errors as SchemaError[]).map(({ code, message, hint, path }) =>
    problem(code, path.slice(1), message.replace('request.', ''), hint === '' ? undefined : hint),
  )
}

function optionProblems(policy: PolicyEntry, options: Record<string, unknown>): RequestProblem[] {
  let check = checkOptions.get(policy)
  if (check === undefined) {
    check = ajv.compile({ type: 'object', properties: policy.options, additionalProperties: false })
    checkOptions.set(policy, check)
  }
  return formProblems(options, check, ['options'])
}

const unknownStrategy = (name: string): RequestProblem => {
  const names = policies.flatMap(entry => [entry.name, ...(entry.aliases ?? [])])
  return problem('unknown-policy', ['strategy'], `there is no strategy “${name}”`, suggest(name, names, ''))
}

function originProblems({ metadata: { origin } }: JobRequest, fabric: PlanningFabric): RequestProblem[] {
  if (origin === undefined) return []
  const at: Path = ['job', 'metadata', 'origin']
  const cluster = fabric.clusterNames.indexOf(origin.cluster)
  if (cluster < 0) {
    const hint = suggest(origin.cluster, fabric.clusterNames, 'See GET /fabric.')
    return [problem('unknown-reference', [...at, 'cluster'], `the fabric has no cluster “${origin.cluster}”`, hint)]
  }
  if (origin.node === undefined || fabric.nodeIn(cluster, origin.node) >= 0) return []
  const [first, last] = fabric.nodeRange(cluster)
  const message = `the cluster “${origin.cluster}” has no node “${origin.node}”`
  const hint = `Its nodes are ${fabric.nodeName(first)} to ${fabric.nodeName(last)}.`
  return [problem('unknown-reference', [...at, 'node'], message, hint)]
}

function graphProblems(stages: readonly StageRequest[]): RequestProblem[] {
  const ids = stages.map(({ id }) => id)
  const twice = ids.flatMap((id, k) =>
    ids.indexOf(id) < k ? [problem('duplicate-name', stagePath(k, 'id'), `the stage “${id}” stands twice`)] : [],
  )
  const unknown = stages.flatMap(({ id, after = [] }, k) =>
    after.flatMap((name, n) =>
      ids.includes(name)
        ? []
        : [
            problem(
              'unknown-reference',
              stagePath(k, 'after', n),
              `the job has no stage “${name}”`,
              suggest(
                name,
                ids.filter(other => other !== id),
                'Declare it.',
              ),
            ),
          ],
    ),
  )
  const cycle = cycleIn(stages, ids)
  if (cycle === null) return [...twice, ...unknown]
  const at = stagePath(cycle[0], 'after', stages[cycle[0]].after?.indexOf(ids[cycle[1]]) ?? 0)
  const message = `the stages wait for each other: ${cycle.map(k => ids[k]).join(' after ')}`
  return [...twice, ...unknown, problem('not-allowed', at, message, 'Leave one of them out of `after`.')]
}

/** What the schema cannot say of a stage's numbers. */
function stageProblems({ compute }: StageRequest, k: number): RequestProblem[] {
  const at = (...rest: Path) => stagePath(k, 'compute', ...rest)
  const found: RequestProblem[] = []
  try {
    readGpu(compute.gpu ?? 0)
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    found.push(problem(error.code, at('gpu'), error.message, error.hint))
  }
  const duration = durationOf(compute.duration_ms)
  const wrong = wrongParameter(duration)
  if (wrong !== null)
    found.push(problem('out-of-range', at('duration_ms', duration.kind, wrong.name), wrong.message, wrong.hint))
  return found
}
