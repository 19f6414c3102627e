/** Whether a request is right: its form by the schema, then what it refers to. Everything that is wrong is told at once. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { PolicyEntry } from '../../engine/policies/policy.ts'
import { withDefaults } from '../../engine/schema.ts'
import { optionProblems as problemsOfOptions } from '../own-policies/option-problems.ts'
import { explain } from '../scenario/check-schema.ts'
import type { Path } from '../scenario/document.ts'
import { readGpu } from '../scenario/gpu.ts'
import type { Message, SchemaError } from '../scenario/messages/schema-error.ts'
import { QuantityError } from '../scenario/quantity-error.ts'
import { wrongParameter } from '../scenario/rules/distribution-parameters.ts'
import { cycleIn } from '../scenario/rules/job-graph.ts'
import { suggest } from '../scenario/suggest.ts'
import type { PlanningFabric } from './fabric.ts'
import { problem, RequestError, type RequestProblem } from './problem.ts'
import type { CheckedRequest, JobRequest, PlanRequest, StageRequest } from './request.ts'
import { planRequestSchema } from './request-schema.ts'
import type { Strategies } from './strategies.ts'
import { durationOf } from './workload.ts'

const checkForm = new Ajv2020({ allErrors: true, verbose: true, strict: false }).compile(planRequestSchema)

const defaultStrategy = 'greedy-latency'

/** Throws RequestError with all that is wrong. */
export function checkRequest(body: unknown, fabric: PlanningFabric, strategies: Strategies): CheckedRequest {
  const form = formProblems(body)
  // Said with what is wrong with the form: it does not depend on it.
  const given = (body as { strategy?: unknown } | null)?.strategy ?? defaultStrategy
  const policy = typeof given === 'string' ? strategies.find(given) : undefined
  const strategy = policy === undefined && typeof given === 'string' ? [unknownStrategy(given, strategies)] : []
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

function formProblems(value: unknown): RequestProblem[] {
  if (checkForm(value)) return []
  const errors = (checkForm.errors ?? []).map(error => ({ ...error, instancePath: `/request${error.instancePath}` }))
  return explain(errors as SchemaError[]).map(toRequestProblem)
}

const toRequestProblem = ({ code, message, hint, path }: Required<Message>): RequestProblem =>
  problem(code, path.slice(1), message.replace('request.', ''), hint === '' ? undefined : hint)

const optionProblems = (policy: PolicyEntry, options: Record<string, unknown>): RequestProblem[] =>
  problemsOfOptions(policy, options, '/request/options').map(toRequestProblem)

const unknownStrategy = (name: string, strategies: Strategies): RequestProblem => {
  const names = strategies.all.flatMap(entry => [entry.name, ...(entry.aliases ?? [])])
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
