/** Workloads, their stages and traces as columns. */
import { arrivalKind } from '../../engine/arrivals.ts'
import type { Stages, Traces, Workloads } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import { FabricdtError } from '../errors.ts'
import type { TraceColumns } from '../formats/format.ts'
import { findFormat } from '../formats/index.ts'
import { readGpu } from '../scenario/gpu.ts'
import { QuantityError } from '../scenario/quantity-error.ts'
import type { Scenario, ScenarioStage, ScenarioWorkload, TraceArrivals } from '../scenario/scenario.ts'
import { buildOf, ClassBuilder, type Hosts, type Request } from './classes.ts'
import { indexOf, meanOf, parameterOf } from './distributions.ts'
import { byName, starts } from './fabric.ts'
import { readBytes } from './files.ts'
import { NeighbourTerms } from './neighbours.ts'
import { partOfTrace } from './part-of-trace.ts'

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
  neighbours: NeighbourTerms
  notes: TraceNote[]
}

export function compileWorkloads(scenario: Scenario, hosts: Hosts, clusterNames: readonly string[]): CompiledWorkloads {
  const declared = [...scenario.workloads].sort(byName)
  const classes = new ClassBuilder()
  const neighbours = new NeighbourTerms(scenario)
  const read = declared.map(workload => (workload.arrivals.process === 'trace' ? readTrace(workload.arrivals) : null))
  const parts = declared.map((workload, w) => compileTrace(workload, read[w], { classes, neighbours }, hosts))
  const stages = declared.flatMap((workload, index) =>
    inOrder(workload.stages).map(stage => ({ stage, workload, index })),
  )
  const offsets = starts(declared.map(workload => workload.stages.length))
  const predecessors = stages.map(({ stage, index }) =>
    stage.after
      .map(
        id =>
          offsets[index] + stages.slice(offsets[index], offsets[index + 1]).findIndex(other => other.stage.id === id),
      )
      .sort((a, b) => a - b),
  )
  return {
    workloads: workloadColumns(declared, clusterNames, parts),
    stages: {
      count: stages.length,
      ids: stages.map(({ stage }) => stage.id),
      workload: Int32Array.from(stages, ({ index }) => index),
      class: Int32Array.from(stages, ({ stage, workload }) =>
        stage.duration === null ? -1 : classes.add(requestOf(stage, workload, { classes, neighbours })),
      ),
      work: Int32Array.from(stages, ({ stage }) => indexOf(stage.duration)),
      workA: Float64Array.from(stages, ({ stage }) => parameterOf(stage.duration, 0)),
      workB: Float64Array.from(stages, ({ stage }) => parameterOf(stage.duration, 1)),
      estimateS: Float64Array.from(stages, ({ stage }) => estimate(stage)),
      failureProbability: Float64Array.from(stages, ({ stage }) => stage.failureProbability),
      predecessorStart: starts(predecessors.map(list => list.length)),
      predecessors: Int32Array.from(predecessors.flat()),
      checkpointEveryS: Float64Array.from(stages, ({ stage }) => stage.checkpoint?.everyS ?? Number.POSITIVE_INFINITY),
      checkpointCostS: Float64Array.from(stages, ({ stage }) => stage.checkpoint?.costS ?? 0),
      checkpointStore: Uint8Array.from(stages, ({ stage }) => stores.indexOf(stage.checkpoint?.store ?? 'node')),
      inputBytes: Float64Array.from(stages, ({ stage }) => stage.inputBytes),
      outputBytes: Float64Array.from(stages, ({ stage }) => stage.outputBytes),
    },
    traces: concatenate(parts),
    classes,
    neighbours,
    notes: declared.flatMap((workload, w) => traceNote(workload, read[w])),
  }
}

const stores = ['node', 'cluster', 'remote']

/** Stages so that each comes after its predecessors; as in the file where that leaves a choice. */
function inOrder(stages: readonly ScenarioStage[]): ScenarioStage[] {
  const ordered: ScenarioStage[] = []
  const left = [...stages]
  while (left.length > 0) {
    const next = left.findIndex(stage => stage.after.every(id => ordered.some(other => other.id === id)))
    if (next < 0)
      throw new FabricdtError('internal', `stages ${left.map(stage => stage.id).join(', ')} wait for each other`)
    ordered.push(...left.splice(next, 1))
  }
  return ordered
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
  /** A field of the arrivals, of those processes that have it. */
  const field = (name: string, otherwise: number) =>
    floats(
      ({ arrivals }) =>
        ((arrivals as unknown as Record<string, number | null | undefined>)[name] ?? otherwise) as number,
    )
  const intervals = declared.map(({ arrivals }) => (arrivals.process === 'renewal' ? arrivals.interval : null))
  return {
    count: declared.length,
    names: declared.map(workload => workload.name),
    hash: Uint32Array.from(declared, workload => hashName(workload.name)),
    stageStart: starts(declared.map(workload => workload.stages.length)),
    arrivals: Int32Array.from(declared, workload => arrivalKind[workload.arrivals.process]),
    interval: Int32Array.from(intervals, interval => indexOf(interval)),
    intervalA: Float64Array.from(intervals, interval => parameterOf(interval, 0)),
    intervalB: Float64Array.from(intervals, interval => parameterOf(interval, 1)),
    ratePerS: field('ratePerS', 0),
    amplitude: field('amplitude', 0),
    periodS: field('periodS', 86_400),
    peakS: field('peakS', 0),
    fromS: field('fromS', 0),
    untilS: field('untilS', Number.POSITIVE_INFINITY),
    maxJobs: field('maxJobs', Number.POSITIVE_INFINITY),
    priority: Int32Array.from(declared, workload => workload.priority),
    cancelLate: Uint8Array.from(declared, workload => (workload.onMiss === 'cancel' ? 1 : 0)),
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

/** Where stages get their numbers from. */
type Kinds = Pick<CompiledWorkloads, 'classes' | 'neighbours'>

/** Requests of a stage as declared; traces override parts of it. */
const requestOf = (stage: ScenarioStage, workload: ScenarioWorkload, { classes, neighbours }: Kinds): Request => ({
  tasks: stage.tasks,
  cpuMilli: stage.cpuMilli,
  useMilli: stage.useMilli ?? stage.cpuMilli,
  memoryBytes: stage.memoryBytes,
  gpuMilli: Math.round(stage.gpu * 1000),
  build: buildOf(stage.arch, stage.formats),
  where: classes.whereOf(stage),
  among: neighbours.kindOf(stage, workload),
})

/** Mean of the distribution where the scenario states no estimate. */
function estimate({ estimateS, duration }: ScenarioStage): number {
  if (estimateS !== null) return estimateS
  return duration === null ? 0 : meanOf(duration)
}

function readTrace(arrivals: TraceArrivals): TraceColumns {
  const format = findFormat(arrivals.format)
  if (format === undefined) throw new FabricdtError('internal', `no trace format ${arrivals.format}`)
  const whole = format.read(readBytes(arrivals.file), arrivals.file, arrivals.options)
  return arrivals.part === undefined ? whole : partOfTrace(whole, arrivals.part)
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
function compileTrace(workload: ScenarioWorkload, trace: TraceColumns | null, kinds: Kinds, hosts: Hosts): Traces {
  if (trace === null) return noJobs
  const order = submissionOrder(trace.submitS)
  const pick = (column: Float64Array) => (order === null ? column : Float64Array.from(order, row => column[row]))
  const stage = workload.stages[0]
  const { classes } = kinds
  const declared = requestOf(stage, workload, kinds)
  const request = { ...declared }
  const stageClass = new Int32Array(trace.count)
  const column = {
    tasks: pick(trace.tasks),
    cpu: pick(trace.cpuMilli),
    memory: pick(trace.memoryBytes),
    gpu: pick(trace.gpu),
  }
  const id = pick(trace.id)
  for (let i = 0; i < trace.count; i++) {
    request.tasks = orElse(column.tasks[i], declared.tasks)
    request.cpuMilli = orElse(column.cpu[i], declared.cpuMilli)
    request.useMilli = stage.useMilli ?? request.cpuMilli
    request.memoryBytes = orElse(column.memory[i], declared.memoryBytes)
    request.gpuMilli = Number.isNaN(column.gpu[i]) ? declared.gpuMilli : gpuMilliOf(column.gpu[i], workload, i, id)
    stageClass[i] = classes.add(request)
  }
  refuseImpossible(workload, stageClass, id, classes, hosts)
  const estimateS =
    stage.estimateS === null ? pick(trace.estimateS) : new Float64Array(trace.count).fill(stage.estimateS)
  return { count: trace.count, submitS: pick(trace.submitS), runS: pick(trace.runS), estimateS, class: stageClass, id }
}

/** A part of one GPU or whole ones, as stages say it. */
function gpuMilliOf(gpu: number, workload: ScenarioWorkload, row: number, id: Float64Array): number {
  try {
    return Math.round(readGpu(gpu) * 1000)
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    const message = `workload ${workload.name}: GPUs of job ${id[row]} of the trace: ${error.message}`
    throw new FabricdtError('bad-trace', message, { hint: error.hint })
  }
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
  hosts: Hosts,
): void {
  const most = Array.from({ length: classes.count }, (_, k) => classes.mostTasks(hosts, k))
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
