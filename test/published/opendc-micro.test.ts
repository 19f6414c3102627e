/**
 * Expected results of OpenDC's own tests (atlarge-research/opendc @ 691036d, opendc-experiments-base/src/test: Scenario-
 * RunnerTest, FailuresAndCheckpointingTest, WorkflowTest, CarbonTest; MIT): one host, linear from 100 to 200 W.
 *
 * Single cases there have a core of 2,000 MHz and a task that asks 1,000 MHz for ten minutes: half load. So a node has a
 * core and the task asks half of it; in cases of two cores a task asks a quarter of the node. OpenDC reserves whole cores
 * (`cpuCoreCount`), whatever is used of them; reserved cores are stated as memory here. A host that has failed draws
 * idle watts there ("when the task is failed, all time is idle", and 6,000 J in a minute of it). The failure_interval of
 * a trace counts from the end of the failure before.
 *
 * Of its 28 cases these are not here, since this engine cannot say them: testScenario5 to 10 (GPUs that draw power by
 * their load), testCheckpoints2 and 3 (one task whose demand changes while it runs, across checkpoints) and
 * testCheckpoints4 (an interval between checkpoints that grows).
 */
import { describe, expect, it } from 'vitest'
import type { FailureSpec, ModelSpec, StageSpec, WorkloadSpec } from '../reference/model-spec.ts'
import { run, tinyModel } from '../reference/tiny-model.ts'

const minute = 60

/** A task of so many seconds that uses `mhz` of the node's `coresMhz` and reserves one core. */
const task = (coresMhz: number, mhz: number, seconds: number): StageSpec => ({
  request: { cpuMilli: (1000 * mhz) / coresMhz, memoryBytes: 1 },
  work: { kind: 'constant', a: seconds },
})

/** One job, submitted at `atS`. */
const once = (name: string, what: Partial<WorkloadSpec>, atS = 0): WorkloadSpec => ({
  name,
  renewal: { interval: { kind: 'constant', a: 0 }, fromS: atS, maxJobs: 1 },
  ...what,
})

/** Length, busy seconds of the whole host, and joules; what is not busy is idle, failed time included. */
function opendc(cores: number, world: Omit<ModelSpec, 'clusters'>) {
  const node = { cpuMilli: 1000, memoryBytes: cores, idleW: 100, busyW: 200, failedW: 100 }
  const { endS, clusters } = run(tinyModel({ node, ...world }))
  return { endS, activeS: clusters.busyCoreS[0], idleS: endS - clusters.busyCoreS[0], joules: clusters.energyJ[0] }
}

const failure = (atS: number, forS: number): FailureSpec => ({ atS, forS, victims: [{ cluster: 'c', node: 0 }] })
const single = failure(300, 300)
/** Traces that are repeated: up for five minutes, down for five, and so on. */
const repeated = Array.from({ length: 20 }, (_, k) => failure(300 + 600 * k, 300))

const ten = once('task', task(2000, 1000, 10 * minute))
const full = task(2000, 2000, 5 * minute)

describe('ScenarioRunnerTest', () => {
  it('testScenario1: a single task', () => {
    expect(opendc(1, { workloads: [ten] })).toEqual({ endS: 600, activeS: 300, idleS: 300, joules: 90_000 })
  })

  it('testScenario2: two tasks, one core: one after the other', () => {
    const is = opendc(1, { workloads: [once('a', task(2000, 1000, 10 * minute)), once('b', full)] })
    expect(is).toEqual({ endS: 900, activeS: 600, idleS: 300, joules: 150_000 })
  })

  it('testScenario3: two tasks, two cores: at once', () => {
    const half = task(4000, 1000, 10 * minute)
    const is = opendc(2, { workloads: [once('a', half), once('b', half)] })
    expect(is).toEqual({ endS: 600, activeS: 300, idleS: 300, joules: 90_000 })
  })

  it('testScenario4: the second one later', () => {
    const is = opendc(1, { workloads: [ten, once('later', full, 20 * minute)] })
    expect(is).toEqual({ endS: 1500, activeS: 600, idleS: 900, joules: 210_000 })
  })
})

describe('FailuresAndCheckpointingTest', () => {
  it.each([
    ['testFailures1: after five minutes for five', [single], 1200, 450, 165_000],
    ['testFailures2: much later', [failure(30_000, 300)], 600, 300, 90_000],
    ['testFailures3: two', [single, failure(300 + 300 + 420, 600)], 2220, 660, 288_000],
  ])('%s', (_, failures, endS, activeS, joules) => {
    expect(opendc(1, { workloads: [ten], failures })).toEqual({ endS, activeS, idleS: endS - activeS, joules })
  })

  it('testFailures4: again and again, until OpenDC gives up after ten', () => {
    // Infrastructure uses up no retry here: what OpenDC terminates at 5,700 s is still unfinished then.
    const is = opendc(1, { workloads: [ten], failures: repeated, horizonS: 5700 })
    expect(is).toEqual({ endS: 5700, activeS: 1500, idleS: 4200, joules: 720_000 })
  })

  it.each([
    ['testCheckpoints1 and 5: one failure, a checkpoint every minute for a second', [single], 965, 129_750],
    ['testCheckpoints6: repeated failures', repeated, 1321, 168_150],
  ])('%s', (_, failures, endS, joules) => {
    const checkpoint = { everyS: minute, costS: 1, store: 'node' as const }
    const workloads = [once('task', { ...task(2000, 1000, 10 * minute), checkpoint })]
    expect(opendc(1, { workloads, failures })).toMatchObject({ endS, joules })
  })
})

describe('WorkflowTest: a diamond of four tasks on two cores', () => {
  const diamond = (second = 10) => [
    task(4000, 1000, 10 * minute),
    { ...task(4000, 1000, 10 * minute), after: [0] },
    { ...task(4000, 1000, second * minute), after: [0] },
    { ...task(4000, 1000, 10 * minute), after: [1, 2] },
  ]
  const extra = (minutes: number) => once('other', task(4000, 1000, minutes * minute))

  it.each([
    ['testWorkflow1: alike', diamond(), [], 1800, 600, 240_000],
    ['testWorkflow2: one shorter', diamond(5), [], 1800, 525, 232_500],
    ['testWorkflow3: another task holds a core for 40 minutes', diamond(), [extra(40)], 2400, 1200, 360_000],
    ['testWorkflow4: another task holds a core for 15 minutes', diamond(), [extra(15)], 2100, 825, 292_500],
  ])('%s', (_, stages, others, endS, activeS, joules) => {
    const is = opendc(2, { workloads: [once('diamond', { stages }), ...others] })
    expect(is).toEqual({ endS, activeS, idleS: endS - activeS, joules })
  })
})

describe('WorkflowTest, a first task that no host can hold', () => {
  it('testWorkflow5: what is not of the workflow runs all the same', () => {
    const quarter = task(4000, 1000, 10 * minute)
    const stages = [
      { ...quarter, request: { cpuMilli: 10_000, memoryBytes: 10 } },
      { ...quarter, after: [0] },
      { ...quarter, after: [0] },
      { ...quarter, after: [1, 2] },
    ]
    const node = { cpuMilli: 1000, memoryBytes: 2, idleW: 100, busyW: 200, failedW: 100 }
    const model = tinyModel({ node, workloads: [once('flow', { stages }), once('other', quarter)] })
    const { endS, clusters, total } = run(model, 'fcfs', { blocking: false })
    expect([endS, clusters.busyCoreS[0], clusters.energyJ[0]]).toEqual([600, 150, 75_000])
    expect(total).toMatchObject({ submitted: 2, completed: 1, unfinished: 1 })
  })
})

describe('CarbonTest', () => {
  it('testCarbon1: two hours at half load', () => {
    expect(opendc(1, { workloads: [once('task', task(2000, 1000, 120 * minute))] }).joules).toBe(1_080_000)
  })

  it('testCarbon2: a demand that changes every 40 minutes, stage by stage', () => {
    const stages = Array.from({ length: 8 }, (_, i) => ({
      ...task(2000, i % 2 === 0 ? 1000 : 2000, 40 * minute),
      after: i === 0 ? [] : [i - 1],
    }))
    expect(opendc(1, { workloads: [once('task', { stages })] })).toMatchObject({ endS: 19_200, joules: 3_360_000 })
  })

  it('testCarbon3: an hour under the Dutch intensities of 2022-01-01', () => {
    const carbon: [number, number][] = [
      [0, 164.51779320423822],
      [15 * minute, 162.94891011965495],
      [30 * minute, 164.30100384651467],
      [45 * minute, 167.5809619238477],
    ]
    const model = tinyModel({
      node: { memoryBytes: 1, idleW: 100, busyW: 200 },
      cluster: { carbon },
      workloads: [once('task', task(2000, 1000, 60 * minute))],
    })
    const { clusters } = run(model)
    expect(clusters.energyJ[0]).toBe(540_000)
    // The tolerance is OpenDC's own.
    expect(Math.abs(clusters.emissionsG[0] - 24.73173)).toBeLessThan(0.1)
  })
})
