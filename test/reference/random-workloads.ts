/** Random workloads: traces and processes, of one stage and of several. */
import { feasible } from './eligibility.ts'
import {
  type ClusterSpec,
  type DistributionSpec,
  fullRequest,
  type ModelSpec,
  type RequestSpec,
  type StageSpec,
  stores,
  type WorkloadSpec,
} from './model-spec.ts'
import { type Style, time } from './random-style.ts'

const workloadNames = ['web', 'batch', 'camera'] as const

export function randomWorkload(
  style: Style,
  clusters: readonly ClusterSpec[],
  index: number,
  horizonS: number,
): WorkloadSpec {
  const { g } = style
  const origins = g.chance(0.5) ? [g.pick(clusters)] : clusters
  const deadlineS = g.pick([Infinity, Infinity, time(style, 0, 20), 10, 40])
  const work = g.chance(0.5) ? randomTrace(style, clusters) : randomProcess(style, clusters, horizonS)
  return {
    name: workloadNames[index],
    origin: Object.fromEntries(origins.map(({ name }) => [name, g.whole(1, 4)])),
    priority: g.pick([0, 0, 0, 1, -1]),
    deadlineS,
    cancelLate: deadlineS < Infinity && g.chance(0.4),
    retries: g.whole(0, 3),
    ...work,
  }
}

/** A request that the intact fabric can hold, at last one task of the smallest. */
function randomRequest(style: Style, clusters: readonly ClusterSpec[]): RequestSpec {
  const { g, alike } = style
  for (let tries = 0; tries < 20; tries++) {
    const wasm = style.modes && g.chance(0.5)
    const request = fullRequest({
      tasks: g.pick([1, 1, 1, 1, 2, 3, 5, 8]),
      cpuMilli: alike ? 2000 : g.pick([500, 1000, 1000, 2000, 4000, 4000, 333, 0]),
      memoryBytes: g.pick([0, 0, 1e9, 4e9]),
      gpuMilli: g.pick([0, 0, 0, 0, 500, 1000]),
      archMask: g.pick([0b111111, 0b111111, 0b01, 0b10, 0b11, wasm ? 0 : 0b01]),
      wasm,
    })
    if (feasible(clusters, request)) return request
  }
  const [{ arch = 0 }] = clusters[0].groups
  return fullRequest({ cpuMilli: 500, archMask: 1 << arch })
}

/** What a stage has besides its work. */
function randomTraits(style: Style, clusters: readonly ClusterSpec[]): StageSpec {
  const { g } = style
  const checkpoint = {
    everyS: g.pick([1, 2, 5, 0.7 + g.real() * 6]),
    costS: g.pick([0, 0, 0.5, 1, g.real()]),
    store: g.pick(stores),
  }
  return {
    failureProbability: g.pick([0, 0, 0, 0.2, 0.6, 1]),
    request: randomRequest(style, clusters),
    ...(style.checkpoints && g.chance(0.8) ? { checkpoint } : {}),
  }
}

function randomTrace(style: Style, clusters: readonly ClusterSpec[]): Partial<WorkloadSpec> {
  const { g, size } = style
  const requests = g.list(1, 3, () => randomRequest(style, clusters))
  const span = g.pick([0, 5, 20, 60])
  const trace = g.list(1, Math.max(1, Math.round(40 * size)), () => {
    const runS = g.chance(0.15) ? 0 : time(style, 0, 20)
    return {
      submitS: time(style, 0, span),
      runS,
      estimateS: g.pick([runS, runS, 10, time(style, 0, 30)]),
      request: g.pick(requests),
    }
  })
  return { ...randomTraits(style, clusters), trace }
}

function randomProcess(style: Style, clusters: readonly ClusterSpec[], horizonS: number): Partial<WorkloadSpec> {
  const { g } = style
  const stages = style.workflows ? g.whole(2, 5) : 1
  const listed = Array.from({ length: stages }, (_, position) => randomStage(style, clusters, position))
  return { ...randomArrivals(style, horizonS, stages), ...(stages === 1 ? listed[0] : { stages: listed }) }
}

/** A stage may come after any of those before it. */
function randomStage(style: Style, clusters: readonly ClusterSpec[], position: number): StageSpec {
  const { g } = style
  const likely = g.pick([0, 0.3, 0.6, 1])
  const after = Array.from({ length: position }, (_, i) => i).filter(() => g.chance(likely))
  return {
    ...(after.length > 0 ? { after } : {}),
    ...randomTraits(style, clusters),
    work: randomWork(style),
    estimateS: time(style, 0, 15),
  }
}

const randomWork = (style: Style): DistributionSpec =>
  style.g.pick([
    { kind: 'constant', a: time(style, 0, 15) },
    { kind: 'constant', a: time(style, 0, 15) },
    { kind: 'constant', a: 0 },
    { kind: 'exponential', a: 5 },
    { kind: 'uniform', a: 0, b: 10 },
    { kind: 'lognormal', a: 5, b: 1.5 },
    { kind: 'gamma', a: 5, b: 0.7 },
    { kind: 'weibull', a: 5, b: 0.8 },
    { kind: 'hyperexponential', a: 5, b: 2 },
  ])

function randomArrivals(style: Style, horizonS: number, stages: number): Partial<WorkloadSpec> {
  const { g, size } = style
  const bound = g.pick(['jobs', 'until', ...(horizonS < Infinity ? ['horizon'] : [])])
  const bounds = {
    fromS: g.pick([0, 0, time(style, 0, 20)]),
    untilS: bound === 'until' ? time(style, 1, 40) : Infinity,
    maxJobs: bound === 'jobs' ? g.whole(1, Math.max(1, Math.round((40 * size) / stages))) : Infinity,
  }
  const ratePerS = (g.pick([0.1, 0.5, 2]) * Math.min(1, size)) / stages
  const least = bound === 'jobs' ? 0 : 1
  const intervals = [
    { kind: 'constant', a: time(style, least, 5) || least },
    { kind: 'uniform', a: 0.5, b: 4 },
    { kind: 'gamma', a: 3, b: 0.5 },
  ]
  const wave = { amplitude: g.pick([0, 0.5, 1]), periodS: g.pick([10, 30, 100]), peakS: time(style, 0, 30) }
  return g.pick([
    { poisson: { ratePerS, ...bounds } },
    { renewal: { interval: g.pick(intervals), ...bounds } },
    { diurnal: { ratePerS, ...wave, ...bounds } },
  ])
}

/** The same world with bursts and closed loops: what came at random comes in two states, what came at intervals from users. */
export function withBurstsAndUsers(spec: ModelSpec): ModelSpec {
  const replaced = ({ poisson, renewal, ...rest }: WorkloadSpec, index: number): WorkloadSpec => {
    if (poisson) {
      const { ratePerS, ...bounds } = poisson
      const states = [
        { ratePerS: 3 * ratePerS, stayS: 5 },
        { ratePerS: index === 0 ? 0 : ratePerS / 2, stayS: 8 },
      ]
      return { ...rest, mmpp: { states, ...bounds } }
    }
    if (!renewal) return rest
    const { interval, ...bounds } = renewal
    return { ...rest, closed: { users: 3 + index, think: { kind: 'exponential', a: 4 }, ...bounds } }
  }
  return { ...spec, workloads: spec.workloads.map(replaced) }
}

/** The same world with use that changes on the way: of each job of a trace in three pieces, of more than it requests in one of them. */
export function withCourses(spec: ModelSpec): ModelSpec {
  const courseOf = (runS: number, cpuMilli: number, row: number): [number, number][] => {
    const milli = [cpuMilli / 2, 1.5 * cpuMilli, row % 3 === 0 ? 0 : cpuMilli].map(Math.round)
    return [0.3, 0.7, row % 2 === 0 ? 1 : 5].map((part, i) => [part * runS, milli[(i + row) % 3]])
  }
  const workloads = spec.workloads.map(workload => ({
    ...workload,
    ...(workload.trace === undefined
      ? {}
      : {
          trace: workload.trace.map((job, row) => {
            const { cpuMilli = 1000 } = job.request ?? workload.request ?? {}
            return { ...job, course: courseOf(job.runS, cpuMilli, row) }
          }),
        }),
  }))
  return { ...spec, workloads }
}
