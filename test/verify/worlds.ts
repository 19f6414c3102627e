/** A believed world and a true one: what runs in the true one is observed, and compared with what was believed. */
import { findPolicy, type Model, simulate } from '../../engine/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import type { Scenario, Tolerance } from '../../runner/scenario/scenario.ts'
import { attemptsOf } from '../../runner/verify/attempts.ts'
import type { Observation } from '../../runner/verify/observation.ts'
import { verify } from '../../runner/verify/verify.ts'
import { parse } from '../scenario/parse.ts'

export const tolerance: Tolerance = {
  latency: 0.1,
  energy: 0.2,
  emissions: 0.2,
  cpu: 0.1,
  placement: 0.1,
  recovery: 0.25,
}

/** Some queueing, start-up and run time; pools and failures to be replaced. */
export const world = (
  more: { pools?: string; lab?: string; policies?: string; failures?: string; job?: string } = {},
): Scenario =>
  parse({
    head: 'seed: 7',
    fabric: `fabric:
    pools: ${more.pools ?? '{far: {extends: lab, cpu: 4, memory: 8Gi, speed: 1, startup: 2s}}'}
    clusters:
      - {name: a, pool: lab, nodes: 2, startup: ${more.lab ?? '1s'}, detection: 10s}
      - {name: b, pool: far, nodes: 3, detection: 10s}
    network: {latency: 50ms}`,
    workloads: `workloads:
    - name: jobs
      origin: {cluster: a}
      arrivals: {rate: 0.65/s, maxJobs: 400}
      job: ${more.job ?? '{stages: [{cpu: 2, memory: 1Gi, duration: {lognormal: {mean: 9s, cv: 0.5}}}]}'}`,
    policies: `policies: ${more.policies ?? '[least-allocated]'}`,
    tail: `failures: ${more.failures ?? '[]'}`,
  }).scenario

export const modelOf = (scenario: Scenario): Model => compile(scenario).model

/** What is seen of a scenario when its world is as declared. */
export function observe(truth: Scenario, policy = 0, more: Partial<Observation> = {}): Observation {
  const { label, name, options } = truth.policies[policy]
  const run = simulate(modelOf(truth), findPolicy(name)?.create(options) ?? fail(name), {
    replication: 0,
    record: { jobs: true, events: true },
  })
  if (run.jobs === undefined || run.log === undefined) throw new Error('not recorded')
  return {
    policy: label,
    replication: 0,
    provider: 'fake',
    endS: run.endS,
    jobs: run.jobs,
    attempts: attemptsOf(run.log),
    clusters: run.clusters,
    given: [],
    energy: { source: 'a meter', energyJ: run.clusters.energyJ },
    telemetry: { skewMs: 0, watchLagMs: 0, resolutionMs: 1, missing: [] },
    failures: [],
    ...more,
  }
}

const fail = (name: string): never => {
  throw new Error(`no policy ${name}`)
}

/** What is believed against what is seen of the truth, by the first policy or all. */
export const compareWorlds = (believed: Scenario, observations: Observation[]) =>
  verify({
    model: modelOf(believed),
    provider: 'fake',
    tolerance,
    derived: [],
    policies: believed.policies,
    observations,
    estimates: [],
    noise: null,
  })
