/** What the tests of planner and interface share: the request of the issue, and planners of which the clock is theirs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Executor } from '../../runner/plan/execution.ts'
import { PlanningFabric } from '../../runner/plan/fabric.ts'
import { Planner } from '../../runner/plan/planner.ts'
import type { PlanRequest, StageRequest } from '../../runner/plan/request.ts'
import { PlanStore } from '../../runner/plan/store.ts'
import { loadScenario, parseScenario } from '../../runner/scenario/load.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'

/** As the issue has it, byte for byte. */
export const issueBody =
  '{"job": {"metadata": {"name": "test-job", "deadline_ms": 10000, "origin": {"cluster": "edge-microdc", "node": "edge-node-01"}}, "spec": {"stages": [{"id": "s1", "compute": {"cpu": 2, "mem_gb": 1, "duration_ms": 2000}, "constraints": {"arch": ["amd64"], "formats": ["native"]}}]}}, "strategy": "greedy"}'

export const issueRequest = (): PlanRequest => JSON.parse(issueBody) as PlanRequest

/** The same with these stages, or with parts of the first one changed. */
export function requestOf(
  stages: StageRequest[] | Partial<StageRequest>,
  rest: Partial<PlanRequest> = {},
): PlanRequest {
  const request = issueRequest()
  const [first] = request.job.spec.stages
  request.job.spec.stages = Array.isArray(stages) ? stages : [{ ...first, ...stages }]
  return { ...request, ...rest }
}

export const zoneBlackout = async (): Promise<Scenario> => (await loadScenario('scenarios/zone-blackout.yaml')).scenario

/** A scenario of these clusters, each a line of YAML. */
export const fabricOf = (clusters: readonly string[], more = ''): Scenario =>
  parseScenario(
    `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: tiny }
spec:
  horizon: 1h
  fabric:
    clusters:
${clusters.map(line => `      - ${line}\n`).join('')}${more}
  workloads:
    - name: any
      origin: { cluster: ${/name: ([a-z0-9-]+)/.exec(clusters[0])?.[1] ?? ''} }
      arrivals: { process: poisson, rate: 1/s }
      job: { stages: [{ cpu: 100m, duration: 1s }] }
  policies: [fcfs]
`,
    'tiny.yaml',
  ).scenario

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-plan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

export class Bench {
  nowMs = Date.UTC(2026, 0, 1)
  readonly folder = mkdtempSync(join(folder, 'state-'))
  store = new PlanStore(this.folder)
  readonly scenario: Scenario
  planner: Planner

  private readonly executor: Executor | null

  constructor(scenario: Scenario, executor: Executor | null = null) {
    this.scenario = scenario
    this.executor = executor
    this.planner = this.create()
  }

  /** As after a restart of the process. */
  async restart(): Promise<void> {
    await this.store.close()
    this.store = new PlanStore(this.folder)
    this.planner = this.create()
  }

  private create(): Planner {
    const { store, executor } = this
    return new Planner({ fabric: new PlanningFabric(this.scenario), store, clock: () => this.nowMs, executor })
  }
}
