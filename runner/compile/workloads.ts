/** Workloads, their stages and traces as columns. */
import { architectureMask } from '../../engine/architectures.ts'
import { distributions } from '../../engine/distributions.ts'
import type { Groups, Stages, Traces, Workloads } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import { FabricdtError } from '../errors.ts'
import type { TraceColumns } from '../formats/format.ts'
import { findFormat } from '../formats/index.ts'
import type { Scenario, ScenarioStage, ScenarioWorkload, TraceArrivals } from '../scenario/scenario.ts'
import { ClassBuilder, mostTasks, type Request } from './classes.ts'
import { byName, starts } from './fabric.ts'
import { readBytes } from './files.ts'

export interface TraceNote {
  workload: string
  file: string
  jobs: number
  skipped: Record<string, number>
}

export interface CompiledWorkloads {
  workloads: Workloads
  stages: Stages
  traces: Traces
  classes: ClassBuilder
  notes: TraceNote[]
}

export function compileWorkloads(
  scenario: Scenario,
  groups: Groups,
  clusterNames: readonly string[],
): CompiledWorkloads {
  const declared = [...scenario.workloads].sort(byName)
  const classes = new ClassBuilder()
  const read = declared.map(workload => (workload.arrivals.process === 'trace' ? readTrace(workload.arrivals) : null))
  const parts = declared.map((workload, w) => compileTrace(workload, read[w], classes, groups))
  const stages = declared.flatMap((workload, index) => workload.stages.map(stage => ({ stage, workload, index })))
  return {
    workloads: workloadColumns(declared, clusterNames, parts),
    stages: {
      count: stages.length,
      ids: stages.map(({ stage }) => stage.id),
      workload: Int32Array.from(stages, ({ index }) => index),
      class: Int32Array.from(stages, ({ stage }) => (stage.duration === null ? -1 : classes.add(requestOf(stage)))),
      work: Int32Array.from(stages, ({ stage }) =>
        distributions.findIndex(entry => entry.name === stage.duration?.kind),
      ),
      workA: Float64Array.from(stages, ({ stage }) => parameter(stage, 0)),
      workB: Float64Array.from(stages, ({ stage }) => parameter(stage, 1)),
      estimateS: Float64Array.from(stages, ({ stage }) => estimate(stage)),
      failureProbability: Float64Array.from(stages, ({ stage }) => stage.failureProbability),
    },
    traces: concatenate(parts),
    classes,
    notes: declared.flatMap((workload, w) => traceNote(workload, read[w])),
  }
}

function workloadColumns(
  declared: readonly ScenarioWorkload[],
  clusterNames: readonly string[],
  parts: readonly Traces[],
): Workloads {
  const origins = declared.map(workload =>
    Object.entries(workload.origin)
      .map(([name, weight]) => ({ cluster: clusterNames.indexOf(name), weight }))
      .sort((a, b) => a.cluster - b.cluster),
  )
  const floats = (of: (workload: ScenarioWorkload) => number) => Float64Array.from(declared, of)
  const poisson = (
    of: (arrivals: Extract<ScenarioWorkload['arrivals'], { process: 'poisson' }>) => number,
    otherwise: number,
  ) => floats(({ arrivals }) => (arrivals.process === 'poisson' ? of(arrivals) : otherwise))
  return {
    count: declared.length,
    names: declared.map(workload => workload.name),
    hash: Uint32Array.from(declared, workload => hashName(workload.name)),
    stageStart: starts(declared.map(workload => workload.stages.length)),
    arrivals: Int32Array.from(declared, workload => (workload.arrivals.process === 'trace' ? 1 : 0)),
    ratePerS: poisson(arrivals => arrivals.ratePerS, 0),
    fromS: poisson(arrivals => arrivals.fromS, 0),
    untilS: poisson(arrivals => arrivals.untilS ?? Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    maxJobs: poisson(arrivals => arrivals.maxJobs ?? Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    deadlineS: floats(workload => workload.deadlineS ?? Number.POSITIVE_INFINITY),
    retries: Int32Array.from(declared, workload => workload.retries),
    originStart: starts(origins.map(list => list.length)),
    originCluster: Int32Array.from(origins.flat(), origin => origin.cluster),
    originCumulative: Float64Array.from(origins.flatMap(cumulative)),
    traceStart: starts(parts.map(part => part.count)),
  }
}

function cumulative(origins: readonly { weight: number }[]): number[] {
  let sum = 0
  return origins.map(({ weight }) => (sum += weight))
}

/** Requests of a stage as declared; traces override parts of it. */
const requestOf = (stage: ScenarioStage): Request => ({
  tasks: stage.tasks,
  cpuMilli: stage.cpuMilli,
  memoryBytes: stage.memoryBytes,
  gpuMilli: stage.gpu * 1000,
  archMask: architectureMask(stage.arch),
})

function parameter(stage: ScenarioStage, index: number): number {
  if (stage.duration === null) return 0
  const entry = distributions.find(candidate => candidate.name === stage.duration?.kind)
  const name = entry?.parameters[index]?.name
  return name === undefined ? 0 : stage.duration.parameters[name]
}

function estimate(stage: ScenarioStage): number {
  if (stage.estimateS !== null) return stage.estimateS
  const entry = distributions.find(candidate => candidate.name === stage.duration?.kind)
  return entry === undefined ? 0 : entry.mean(parameter(stage, 0), parameter(stage, 1))
}

function readTrace(arrivals: TraceArrivals): TraceColumns {
  const format = findFormat(arrivals.format)
  if (format === undefined) throw new FabricdtError('internal', `no trace format ${arrivals.format}`)
  return format.read(readBytes(arrivals.file), arrivals.file, arrivals.options)
}

const traceNote = (workload: ScenarioWorkload, trace: TraceColumns | null): TraceNote[] =>
  trace === null || workload.arrivals.process !== 'trace'
    ? []
    : [{ workload: workload.name, file: workload.arrivals.file, jobs: trace.count, skipped: trace.skipped }]

const noJobs: Traces = {
  count: 0,
  submitS: new Float64Array(),
  runS: new Float64Array(),
  estimateS: new Float64Array(),
  class: new Int32Array(),
  id: new Float64Array(),
}

/** The jobs of one trace in order of submission, each with its class. */
function compileTrace(
  workload: ScenarioWorkload,
  trace: TraceColumns | null,
  classes: ClassBuilder,
  groups: Groups,
): Traces {
  if (trace === null) return noJobs
  const order = submissionOrder(trace.submitS)
  const pick = (column: Float64Array) => (order === null ? column : Float64Array.from(order, row => column[row]))
  const stage = workload.stages[0]
  const declared = requestOf(stage)
  const request = { ...declared }
  const stageClass = new Int32Array(trace.count)
  const column = {
    tasks: pick(trace.tasks),
    cpu: pick(trace.cpuMilli),
    memory: pick(trace.memoryBytes),
    gpu: pick(trace.gpu),
  }
  for (let i = 0; i < trace.count; i++) {
    request.tasks = orElse(column.tasks[i], declared.tasks)
    request.cpuMilli = orElse(column.cpu[i], declared.cpuMilli)
    request.memoryBytes = orElse(column.memory[i], declared.memoryBytes)
    request.gpuMilli = Number.isNaN(column.gpu[i]) ? declared.gpuMilli : column.gpu[i] * 1000
    stageClass[i] = classes.add(request)
  }
  const id = pick(trace.id)
  refuseImpossible(workload, stageClass, id, classes, groups)
  const estimateS =
    stage.estimateS === null ? pick(trace.estimateS) : new Float64Array(trace.count).fill(stage.estimateS)
  return { count: trace.count, submitS: pick(trace.submitS), runS: pick(trace.runS), estimateS, class: stageClass, id }
}

const orElse = (value: number, otherwise: number): number => (Number.isNaN(value) ? otherwise : value)

/** Rows in order of (submission, row); null where they are in order already. */
function submissionOrder(submitS: Float64Array): Int32Array | null {
  let sorted = true
  for (let i = 1; i < submitS.length && sorted; i++) sorted = submitS[i - 1] <= submitS[i]
  return sorted ? null : Int32Array.from(submitS.keys()).sort((a, b) => submitS[a] - submitS[b] || a - b)
}

/** A job that no cluster could ever run would wait for ever: say so before the run. */
function refuseImpossible(
  workload: ScenarioWorkload,
  stageClass: Int32Array,
  id: Float64Array,
  classes: ClassBuilder,
  groups: Groups,
): void {
  const most = Array.from({ length: classes.count }, (_, k) => mostTasks(groups, classes.get(k)))
  const impossible = (k: number) => most[k] < classes.get(k).tasks
  const first = stageClass.findIndex(impossible)
  if (first < 0) return
  const count = stageClass.reduce((sum, k) => sum + (impossible(k) ? 1 : 0), 0)
  const request = classes.get(stageClass[first])
  throw new FabricdtError(
    'impossible-demand',
    `workload ${workload.name}: ${count} of ${stageClass.length} jobs of the trace can never run: job ${id[first]} asks for ${request.tasks} tasks of ` +
      `${request.cpuMilli / 1000} cores and ${request.memoryBytes} bytes, and no cluster holds more than ${most[stageClass[first]]}`,
    { hint: 'Make a cluster larger (more nodes, more cores), or leave such jobs out of the trace.' },
  )
}

function concatenate(parts: readonly Traces[]): Traces {
  if (parts.length === 1) return parts[0]
  const floats = (of: (part: Traces) => Float64Array) => {
    const joined = new Float64Array(parts.reduce((sum, part) => sum + part.count, 0))
    let offset = 0
    for (const part of parts) {
      joined.set(of(part), offset)
      offset += part.count
    }
    return joined
  }
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return {
    count,
    submitS: floats(part => part.submitS),
    runS: floats(part => part.runS),
    estimateS: floats(part => part.estimateS),
    class: Int32Array.from(parts.flatMap(part => [...part.class])),
    id: floats(part => part.id),
  }
}
